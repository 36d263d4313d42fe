import { randomUUID } from "node:crypto"
import { mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from "node:fs/promises"
import { dirname, join, relative, resolve, sep } from "node:path"
import { formatListing } from "../hub/format-listing.ts"
import { HubError } from "../hub/hub-error.ts"
import type { HubEntry, HubFile } from "../hub/hub-file.ts"
import type { HubStore, HubStoreOptions, PartialFile } from "../hub/hub-store.ts"
import { parseListing } from "../hub/parse-listing.ts"
import { BlobLock } from "./blob-lock.node.ts"
import { fileSystemError } from "./file-system-error.node.ts"
import { linkFile } from "./link-file.node.ts"
import { NodePartialFile } from "./partial-file.node.ts"

/**
 * The cache folder of the Python client, which either finds what the other downloaded:
 * `models--organisation--name/{refs/<revision>, trees/<commit>.json, blobs/<etag>, snapshots/<commit>/<path>}`.
 */
export function openHubStore({ cacheDir, repo }: HubStoreOptions): HubStore {
  return new FolderStore(resolve(cacheDir), `models--${repo.replaceAll("/", "--")}`)
}

class FolderStore implements HubStore {
  readonly #folder: string
  readonly #locks: string

  constructor(cacheDir: string, name: string) {
    this.#folder = join(cacheDir, name)
    this.#locks = join(cacheDir, ".locks", name)
  }

  async readRef(revision: string): Promise<string | undefined> {
    const text = await readText(join(this.#folder, "refs", revision))
    return text !== undefined && /^[0-9a-f]{40}$/.test(text.trim()) ? text.trim() : undefined
  }

  async writeRef(revision: string, commit: string): Promise<void> {
    if ((await this.readRef(revision)) !== commit) await this.#writeRecord(join("refs", revision), commit)
  }

  async readListing(commit: string): Promise<readonly HubEntry[] | undefined> {
    const text = await readText(join(this.#folder, "trees", `${commit}.json`))
    return text === undefined ? undefined : parseListing(text)
  }

  async writeListing(commit: string, entries: readonly HubEntry[]): Promise<void> {
    const text = formatListing(entries)
    if (text !== undefined) await this.#writeRecord(join("trees", `${commit}.json`), text)
  }

  snapshot(commit: string): string {
    return join(this.#folder, "snapshots", commit)
  }

  async snapshotFiles(commit: string): Promise<string[]> {
    const folder = this.snapshot(commit)
    const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
    const paths = found
      .filter((item) => !item.isDirectory())
      .map((item) => relative(folder, join(item.parentPath, item.name)).split(sep).join("/"))
    const present = await Promise.all(paths.map((path) => this.find(commit, path)))
    return paths.filter((_, index) => present[index] !== undefined)
  }

  async find(commit: string, path: string, size?: number): Promise<string | undefined> {
    const pointer = this.#pointer(commit, path)
    return (await isWhole(pointer, size)) ? pointer : undefined
  }

  async reuse(commit: string, file: HubFile): Promise<boolean> {
    if (await this.find(commit, file.path, file.size)) return true
    if (!(await isWhole(this.#blob(file), file.size))) return false
    await this.#link(commit, file)
    return true
  }

  async receive(
    commit: string,
    file: HubFile,
    signal: AbortSignal,
    fill: (partial: PartialFile) => Promise<void>,
  ): Promise<void> {
    await using _lock = await BlobLock.acquire(join(this.#locks, `${file.blob}.owner`), signal)
    // Another process may have downloaded it while this one waited.
    if (await this.reuse(commit, file)) return
    const path = `${this.#blob(file)}.incomplete`
    {
      await using partial = await NodePartialFile.open(path, file)
      await this.#checkSpace(file, partial.received)
      try {
        await fill(partial)
      } catch (error) {
        if (partial.received === 0) await rm(path, { force: true })
        throw error
      }
      await partial.sync()
    }
    try {
      await rename(path, this.#blob(file))
    } catch (error) {
      // A process that took over the lock finished the same content first.
      if (!(await isWhole(this.#blob(file), file.size))) throw fileSystemError(error, path)
    }
    await this.#link(commit, file)
  }

  #blob(file: HubFile): string {
    return join(this.#folder, "blobs", file.blob)
  }

  #pointer(commit: string, path: string): string {
    return join(this.snapshot(commit), ...path.split("/"))
  }

  async #link(commit: string, file: HubFile): Promise<void> {
    const pointer = this.#pointer(commit, file.path)
    try {
      await linkFile(this.#blob(file), pointer)
    } catch (error) {
      throw fileSystemError(error, pointer)
    }
  }

  /** Written whole under another name, then renamed, so that no reader sees half of it. */
  async #writeRecord(name: string, text: string): Promise<void> {
    const path = join(this.#folder, name)
    const temporary = `${path}.${randomUUID()}.tmp`
    try {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(temporary, text)
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined)
      const reason = fileSystemError(error, path)
      // A shared, read-only cache that already holds every file is usable; records only spare later questions.
      if (reason instanceof HubError && reason.code === "hub-cache-not-writable") return
      throw reason
    }
  }

  async #checkSpace(file: HubFile, received: number): Promise<void> {
    const folder = join(this.#folder, "blobs")
    const system = await statfs(folder).catch(() => undefined)
    // Some network file systems report no sizes at all.
    if (!system || system.blocks === 0) return
    const free = system.bavail * system.bsize
    const needed = file.size - received
    if (needed <= free) return
    throw new HubError(`${folder}: ${file.path} needs ${megabytes(needed)} more, ${megabytes(free)} are free.`, {
      code: "disk-full",
      fix: "Free some space, or choose another folder (HF_HUB_CACHE, option `cacheDir`); what has arrived is kept.",
    })
  }
}

async function isWhole(path: string, size: number | undefined): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() === true && (size === undefined || found.size === size)
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined)
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`
}
