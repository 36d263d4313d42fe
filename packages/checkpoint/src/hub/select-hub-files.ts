import { HubError } from "./hub-error.ts"
import type { HubEntry } from "./hub-file.ts"
import { isPattern } from "./is-pattern.ts"
import { matchPattern } from "./match-pattern.ts"

/** Which files: exact names and shell patterns (`"*.safetensors"`), or a test of each; all when absent. */
export type HubFileFilter = readonly string[] | ((path: string, size: number | undefined) => boolean)

/**
 * The entries the filter names, in the order of the listing. Throws "hub-file-not-found" for an exact name that is not
 * listed, and when nothing is left; a pattern without a match is no error as long as something else matches.
 */
export function selectHubFiles(
  entries: readonly HubEntry[],
  filter: HubFileFilter | undefined,
  repository: string,
): HubEntry[] {
  const listed = new Set(entries.map((entry) => entry.path))
  const fix = `Check the name; listed are: ${[...listed].slice(0, 12).join(", ")}${listed.size > 12 ? ", ..." : ""}.`
  let selected = [...entries]
  if (typeof filter === "function") selected = entries.filter((entry) => filter(entry.path, entry.size))
  else if (filter) {
    const missing = filter.filter((name) => !listed.has(name) && !isPattern(name))
    if (missing.length > 0)
      throw new HubError(`${repository} has no file ${missing.join(", ")}.`, { code: "hub-file-not-found", fix })
    selected = entries.filter((entry) => filter.some((name) => name === entry.path || matches(entry.path, name)))
  }
  if (selected.length === 0)
    throw new HubError(
      `${repository} has no file${Array.isArray(filter) ? ` that matches ${filter.join(", ")}` : " to download"}.`,
      { code: "hub-file-not-found", fix },
    )
  return selected
}

function matches(path: string, name: string): boolean {
  return isPattern(name) && matchPattern(path, name)
}
