import { HubError } from "./hub-error.ts"

/**
 * Throws unless `path` names something below the folder it is joined to: relative, with `/`, without empty, `.` or `..`
 * segments, backslashes, drive letters or control characters. Listings come from outside and are joined to folders.
 */
export function checkFilePath(path: string, what: string): void {
  const segments = path.split("/")
  const hasControl = [...path].some((character) => character < " ")
  const safe =
    !path.includes("\\") &&
    !hasControl &&
    !/^[A-Za-z]:/.test(path) &&
    segments.every((segment) => segment !== "" && segment !== "." && segment !== "..")
  if (safe) return
  throw new HubError(`${what} ${JSON.stringify(path)} would lead out of its folder; nothing was written.`, {
    code: "hub-path-unsafe",
    fix: "Use a path relative to the repository; if a repository lists this name, do not trust it.",
  })
}
