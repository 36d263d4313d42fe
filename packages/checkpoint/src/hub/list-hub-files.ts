import { z } from "zod"
import { checkFilePath } from "./check-file-path.ts"
import type { HubClient } from "./hub-client.ts"
import { HubError } from "./hub-error.ts"
import type { HubEntry } from "./hub-file.ts"
import { readJson } from "./read-json.ts"

const treeSchema = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    size: z.int().nonnegative().optional(),
    oid: z.string().optional(),
    lfs: z.object({ oid: z.string(), size: z.int().nonnegative() }).nullish(),
    xetHash: z.string().nullish(),
  }),
)

/**
 * All files of a commit, over all pages: `GET /api/models/{repo}/tree/{commit}?recursive=true`.
 * Throws "hub-path-unsafe" when any name would lead out of the folder it is to be put in.
 */
export async function listHubFiles(client: HubClient, repo: string, commit: string): Promise<HubEntry[]> {
  const entries: HubEntry[] = []
  const seen = new Set<string>()
  let url: URL | undefined = client.url("api", "models", repo, "tree", commit)
  url.search = "recursive=true"
  while (url) {
    if (seen.has(url.href))
      throw new HubError(`${repo}: the pages of the file list run in a circle.`, {
        code: "hub-answer-invalid",
        fix: "Check `endpoint` (HF_ENDPOINT): does it speak the hub's protocol?",
      })
    seen.add(url.href)
    const page: { value: z.infer<typeof treeSchema>; next: URL | undefined } = await readJson(
      client,
      url,
      { repo, revision: commit },
      treeSchema,
    )
    for (const item of page.value) {
      if (item.type !== "file") continue
      checkFilePath(item.path, `${repo}: the file name`)
      const size = item.lfs?.size ?? item.size
      entries.push({
        path: item.path,
        ...(size === undefined ? {} : { size }),
        ...(item.oid ? { gitOid: item.oid } : {}),
        ...(item.lfs ? { sha256: item.lfs.oid } : {}),
        ...(item.xetHash ? { xetHash: item.xetHash } : {}),
      })
    }
    url = page.next
  }
  return entries
}
