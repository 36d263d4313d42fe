import type { HubEntry } from "./hub-file.ts"

/** The text of `trees/<commit>.json` (see `parseListing`); undefined when an entry lacks its size or git SHA-1. */
export function formatListing(entries: readonly HubEntry[]): string | undefined {
  const files: Record<string, Record<string, string | number>> = {}
  for (const { path, size, gitOid, sha256, xetHash } of entries) {
    if (size === undefined || gitOid === undefined) return undefined
    files[path] = {
      size,
      blob_id: gitOid,
      ...(sha256 ? { lfs_sha256: sha256, lfs_size: size } : {}),
      ...(xetHash ? { xet_hash: xetHash } : {}),
    }
  }
  return JSON.stringify({ format_version: 1, files }, null, 1)
}
