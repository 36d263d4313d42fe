import { z } from "zod"
import { checkFilePath } from "./check-file-path.ts"
import type { HubEntry } from "./hub-file.ts"

const listingSchema = z.object({
  format_version: z.literal(1),
  files: z.record(
    z.string(),
    z.object({
      size: z.int().nonnegative(),
      blob_id: z.string(),
      lfs_sha256: z.string().nullish(),
      lfs_size: z.int().nonnegative().nullish(),
      xet_hash: z.string().nullish(),
    }),
  ),
})

/**
 * Reads `trees/<commit>.json`, the record of a commit's files that recent versions of huggingface_hub keep beside the
 * snapshots. Undefined for a damaged record or one of a later format: the hub can be asked again.
 * Throws "hub-path-unsafe" like `listHubFiles`.
 */
export function parseListing(text: string): HubEntry[] | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = listingSchema.safeParse(json)
  if (!parsed.success) return undefined
  return Object.entries(parsed.data.files).map(([path, file]) => {
    checkFilePath(path, "The listed file name")
    return {
      path,
      size: file.lfs_size ?? file.size,
      gitOid: file.blob_id,
      ...(file.lfs_sha256 ? { sha256: file.lfs_sha256 } : {}),
      ...(file.xet_hash ? { xetHash: file.xet_hash } : {}),
    }
  })
}
