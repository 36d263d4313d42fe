import { formatListing } from "../hub/format-listing.ts"
import { HubError } from "../hub/hub-error.ts"
import type { HubEntry, HubFile } from "../hub/hub-file.ts"
import type { HubStore, HubStoreOptions, PartialFile } from "../hub/hub-store.ts"
import { parseListing } from "../hub/parse-listing.ts"
import { BrowserPartialFile } from "./partial-file.browser.ts"

/** Keys of a Cache Storage must be addresses; `.invalid` belongs to nobody (RFC 2606), so none is ever requested. */
const keyOrigin = "https://hub-cache.invalid"

/**
 * The Cache Storage `cacheDir`, with the layout of the cache folder for keys. A file is the body of the response under
 * `https://hub-cache.invalid/models--organisation--name/snapshots/<commit>/<path>`; `blobs/<etag>` holds the key of a
 * file with that content, so that a new commit copies what has not changed.
 */
export function openHubStore({ cacheDir, repo }: HubStoreOptions): HubStore {
  return new CacheStorageStore(caches.open(cacheDir), `${keyOrigin}/models--${repo.replaceAll("/", "--")}`)
}

class CacheStorageStore implements HubStore {
  readonly #cache: Promise<Cache>
  readonly #base: string

  constructor(cache: Promise<Cache>, base: string) {
    this.#cache = cache
    this.#base = base
  }

  async readRef(revision: string): Promise<string | undefined> {
    return this.#readText(this.#key("refs", revision))
  }

  async writeRef(revision: string, commit: string): Promise<void> {
    await this.#put(this.#key("refs", revision), commit)
  }

  async readListing(commit: string): Promise<readonly HubEntry[] | undefined> {
    const text = await this.#readText(this.#key("trees", `${commit}.json`))
    return text === undefined ? undefined : parseListing(text)
  }

  async writeListing(commit: string, entries: readonly HubEntry[]): Promise<void> {
    const text = formatListing(entries)
    if (text !== undefined) await this.#put(this.#key("trees", `${commit}.json`), text)
  }

  snapshot(commit: string): string {
    return this.#key("snapshots", commit)
  }

  async snapshotFiles(commit: string): Promise<string[]> {
    const base = `${this.snapshot(commit)}/`
    const keys = await (await this.#cache).keys()
    return keys
      .filter(({ url }) => url.startsWith(base))
      .map(({ url }) => url.slice(base.length).split("/").map(decodeURIComponent).join("/"))
  }

  async find(commit: string, path: string, size?: number): Promise<string | undefined> {
    const key = this.#key("snapshots", commit, path)
    const response = await (await this.#cache).match(key)
    if (!response) return undefined
    return size === undefined || Number(response.headers.get("content-length")) === size ? key : undefined
  }

  async reuse(commit: string, file: HubFile): Promise<boolean> {
    if (await this.find(commit, file.path, file.size)) return true
    const source = await this.#readText(this.#key("blobs", file.blob))
    const response = source === undefined ? undefined : await (await this.#cache).match(source)
    if (!response || Number(response.headers.get("content-length")) !== file.size) return false
    await this.#put(this.#key("snapshots", commit, file.path), await response.blob())
    return true
  }

  async receive(
    commit: string,
    file: HubFile,
    _signal: AbortSignal,
    fill: (partial: PartialFile) => Promise<void>,
  ): Promise<void> {
    const partial = new BrowserPartialFile(file)
    await fill(partial)
    const key = this.#key("snapshots", commit, file.path)
    await this.#put(key, partial.content())
    await this.#put(this.#key("blobs", file.blob), key)
  }

  #key(...parts: string[]): string {
    const path = parts.flatMap((part) => part.split("/")).map(encodeURIComponent)
    return [this.#base, ...path].join("/")
  }

  async #readText(key: string): Promise<string | undefined> {
    return (await (await this.#cache).match(key))?.text()
  }

  async #put(key: string, body: Blob | string): Promise<void> {
    const content = typeof body === "string" ? new Blob([body]) : body
    try {
      const headers = { "content-length": String(content.size), "content-type": "application/octet-stream" }
      await (await this.#cache).put(key, new Response(content, { headers }))
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "QuotaExceededError") throw error
      throw new HubError(`The browser gives this page no more room: ${content.size} bytes are needed for ${key}.`, {
        code: "disk-full",
        fix: "Free some space, or ask for persistent storage (navigator.storage.persist).",
        cause: error,
      })
    }
  }
}
