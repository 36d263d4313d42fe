import type { HubClient } from "./hub-client.ts"
import { HubError } from "./hub-error.ts"
import type { HubEntry, HubFile } from "./hub-file.ts"

/**
 * Size and content name of a listed file. Where the listing of a mirror lacks them, they come from the headers of
 * `HEAD /{repo}/resolve/{commit}/{path}`: `X-Linked-Etag` and `X-Linked-Size`, else `ETag` and `Content-Length`.
 */
export async function describeHubFile(
  client: HubClient,
  repo: string,
  commit: string,
  entry: HubEntry,
): Promise<HubFile> {
  const listed = entry.sha256 ?? entry.gitOid
  if (listed !== undefined && entry.size !== undefined)
    return { path: entry.path, size: entry.size, blob: checkBlobName(listed, entry.path) }
  return client.retry(async () => {
    const subject = { repo, revision: commit, file: entry.path }
    await using response = await client.request(client.url(repo, "resolve", commit, entry.path), subject, {
      method: "HEAD",
    })
    const { headers } = response
    const etag = headers.get("x-linked-etag") ?? headers.get("etag") ?? ""
    const redirected = response.status >= 300
    const length = headers.get("x-linked-size") ?? (redirected ? null : headers.get("content-length"))
    const size = entry.size ?? (length === null ? Number.NaN : Number(length))
    if (!Number.isSafeInteger(size) || size < 0)
      throw new HubError(`${repo}: the hub does not tell the size of ${entry.path}.`, {
        code: "hub-answer-invalid",
        fix: "Check `endpoint` (HF_ENDPOINT): does it speak the hub's protocol?",
      })
    return { path: entry.path, size, blob: checkBlobName(etag.replace(/^W\//, "").replaceAll('"', ""), entry.path) }
  })
}

/** Content names come from outside and become file names. */
function checkBlobName(name: string, path: string): string {
  if (/^\w[\w.+-]{0,199}$/.test(name)) return name
  throw new HubError(`${path}: the hub names its content ${JSON.stringify(name)}, which cannot be a file name.`, {
    code: "hub-answer-invalid",
    fix: "Check `endpoint` (HF_ENDPOINT): does it speak the hub's protocol?",
  })
}
