import { openHubStore } from "#platform/hub-store"
import { cachedSnapshot } from "./cached-snapshot.ts"
import { checkFilePath } from "./check-file-path.ts"
import { checkRepoName } from "./check-repo-name.ts"
import { describeHubFile } from "./describe-hub-file.ts"
import { HubClient } from "./hub-client.ts"
import type { HubFile } from "./hub-file.ts"
import type { HubStore } from "./hub-store.ts"
import { isCommit } from "./is-commit.ts"
import { listHubFiles } from "./list-hub-files.ts"
import { mapInParallel } from "./map-in-parallel.ts"
import { receiveHubFile } from "./receive-hub-file.ts"
import { resolveRevision } from "./resolve-revision.ts"
import { type HubFileFilter, selectHubFiles } from "./select-hub-files.ts"
import { suggestOffline } from "./suggest-offline.ts"

/** Bytes, of one file and of all files asked for. What was in the cache already counts as received. */
export interface HubProgress {
  readonly file: string
  readonly received: number
  readonly total: number
  readonly overallReceived: number
  readonly overallTotal: number
}

export interface DownloadFromHubOptions {
  /** `organisation/name` of a model repository. */
  repo: string
  /** Branch, tag or commit; `"main"` by default. */
  revision?: string
  /** Exact names and shell patterns (`"*.safetensors"`), or a test of each file; all files by default. */
  files?: HubFileFilter
  /** Cache folder (see `defaultHubCacheDir`); in a browser, the name of a Cache Storage. */
  cacheDir: string
  /** Address of the hub; `"https://huggingface.co"` by default. */
  endpoint?: string
  /** Access token for private and gated repositories. Sent to `endpoint` only, never where it redirects to. */
  token?: string
  /** Use the cache only; no request is made. */
  offline?: boolean
  onProgress?: (progress: HubProgress) => void
  signal?: AbortSignal
  fetch?: typeof fetch
  /** Files under way at the same time; 4 by default. */
  parallel?: number
  /** Milliseconds without a byte after which a connection is given up and tried anew; 30,000 by default. */
  stallTimeout?: number
  /** How many attempts in a row may bring nothing new before the download fails; 5 by default. */
  retries?: number
  /** Milliseconds before the first retry, doubled each time up to 30 s; 1,000 by default. */
  retryDelay?: number
}

/**
 * Downloads files of a model repository into the cache that Python's huggingface_hub uses, and returns the folder of the
 * snapshot (in a browser: the address below which its files lie in the Cache Storage). Files already there, downloaded
 * by either, are not fetched again. Interrupted downloads go on where they ended; content is checked against the hub's
 * SHA-256 (Git LFS) or git SHA-1; nothing appears in the snapshot before it is whole and right.
 *
 * Throws `HubError` (see its `code`); when aborted, the signal's reason, leaving a state that the next call resumes.
 * Layout: https://huggingface.co/docs/huggingface_hub/guides/manage-cache
 */
export async function downloadFromHub(options: DownloadFromHubOptions): Promise<string> {
  const { repo, revision = "main", files: filter, cacheDir, onProgress = () => undefined } = options
  checkRepoName(repo)
  checkFilePath(revision, "The revision")
  options.signal?.throwIfAborted()
  const store = openHubStore({ cacheDir, repo })
  if (options.offline) return cachedSnapshot({ store, cacheDir, repo, revision, filter })

  const stop = new AbortController()
  const client = new HubClient({
    endpoint: options.endpoint ?? "https://huggingface.co",
    token: options.token,
    fetch: options.fetch ?? fetch,
    signal: options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal,
    stallTimeout: options.stallTimeout ?? 30_000,
    retries: options.retries ?? 5,
    retryDelay: options.retryDelay ?? 1_000,
  })
  const wanted = { repo, revision, filter }
  const { commit, files } = await plan(client, store, wanted).catch(async (error: unknown) => {
    throw await suggestOffline(error, { store, cacheDir, ...wanted })
  })

  const received = new Map(files.map((file) => [file.path, 0]))
  const overallTotal = files.reduce((sum, file) => sum + file.size, 0)
  let overallReceived = 0
  const report = (file: HubFile, bytes: number) => {
    overallReceived += bytes - received.get(file.path)!
    received.set(file.path, bytes)
    onProgress({ file: file.path, received: bytes, total: file.size, overallReceived, overallTotal })
  }
  await mapInParallel(files, options.parallel ?? 4, stop, async (file) => {
    client.signal.throwIfAborted()
    if (!(await store.reuse(commit, file)))
      await store.receive(commit, file, client.signal, (partial) =>
        receiveHubFile(client, { repo, commit }, file, partial, (bytes) => report(file, bytes)),
      )
    if (received.get(file.path) !== file.size || file.size === 0) report(file, file.size)
  })
  // Only now, so that a branch never points at a snapshot that this call left unfinished.
  if (!isCommit(revision)) await store.writeRef(revision, commit)
  return store.snapshot(commit)
}

interface Wanted {
  repo: string
  revision: string
  filter: HubFileFilter | undefined
}

async function plan(
  client: HubClient,
  store: HubStore,
  { repo, revision, filter }: Wanted,
): Promise<{ commit: string; files: HubFile[] }> {
  const commit = isCommit(revision) ? revision : await resolveRevision(client, repo, revision)
  let entries = await store.readListing(commit)
  if (!entries) {
    entries = await listHubFiles(client, repo, commit)
    await store.writeListing(commit, entries)
  }
  const files: HubFile[] = []
  for (const entry of selectHubFiles(entries, filter, `${repo} (revision ${revision})`))
    files.push(await describeHubFile(client, repo, commit, entry))
  return { commit, files }
}
