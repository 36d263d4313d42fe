import { HubError } from "../hub/hub-error.ts"

/** Turns a failure of the file system into a `HubError` that names the path; other errors pass through. */
export function fileSystemError(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "ENOSPC" || code === "EDQUOT")
    return new HubError(`${path}: no space left on the disk.`, {
      code: "disk-full",
      fix: "Free some space, or choose another folder (HF_HUB_CACHE, option `cacheDir`); what has arrived is kept.",
      cause: error,
    })
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new HubError(`${path}: the cache folder cannot be written (${code}).`, {
      code: "hub-cache-not-writable",
      fix: "Give yourself the right to write there, or choose another folder (HF_HUB_CACHE, option `cacheDir`).",
      cause: error,
    })
  return error
}
