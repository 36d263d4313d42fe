import { HubError } from "./hub-error.ts"
import type { HubStore } from "./hub-store.ts"
import { isCommit } from "./is-commit.ts"
import { isPattern } from "./is-pattern.ts"
import { type HubFileFilter, selectHubFiles } from "./select-hub-files.ts"

export interface CachedSnapshotOptions {
  store: HubStore
  repo: string
  revision: string
  filter: HubFileFilter | undefined
  /** For messages. */
  cacheDir: string
}

/**
 * The snapshot of a revision as the cache has it, if it holds every file the filter names; else "hub-offline" tells what
 * is missing. Without a recorded listing of the commit (an older Python client leaves none) the files that are present
 * are all that is known, so a missing one shows only if the filter names it exactly.
 */
export async function cachedSnapshot(options: CachedSnapshotOptions): Promise<string> {
  const { store, repo, revision, filter, cacheDir } = options
  const name = `${repo} (revision ${revision})`
  const missing = (text: string) =>
    new HubError(`Offline, and the cache ${cacheDir} ${text}.`, {
      code: "hub-offline",
      fix: "Download it once with a connection (without `offline`), or point the cache folder (HF_HUB_CACHE) to where it is.",
    })
  const commit = isCommit(revision) ? revision : await store.readRef(revision)
  if (commit === undefined) throw missing(`holds nothing of ${name}`)

  const listing = await store.readListing(commit)
  const present = await store.snapshotFiles(commit)
  if (!listing && Array.isArray(filter)) {
    const absent = filter.filter((file) => !isPattern(file) && !present.includes(file))
    if (absent.length > 0) throw missing(`lacks ${list(absent)} of ${name}`)
  }
  const known = listing ?? present.map((path) => ({ path }))
  if (known.length === 0) throw missing(`holds no file of ${name}`)
  const wanted = selectHubFiles(known, filter, listing ? name : `The cached part of ${name}`)
  const whole = await Promise.all(wanted.map((entry) => store.find(commit, entry.path, entry.size)))
  const absent = wanted.filter((_, index) => whole[index] === undefined).map((entry) => entry.path)
  if (absent.length > 0) throw missing(`lacks ${list(absent)} of ${name}`)
  return store.snapshot(commit)
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, 10).join(", ")
  return paths.length > 10 ? `${shown} and ${paths.length - 10} more` : shown
}
