import { ApiError } from "../error/api-error.ts"
import type { ServerLimits } from "../server-limits.ts"

export interface StoredFile {
  readonly id: string
  readonly owner: string
  readonly bytes: Uint8Array
  readonly filename: string
  readonly purpose: string
  /** In seconds. */
  readonly created: number
  readonly expires: number
}

/** Uploaded files, in memory for a while. Each is seen by its owner alone; the oldest make room for new ones. */
export class FileStore {
  readonly #limits: Pick<ServerLimits, "filesBytes" | "fileSeconds">
  /** The oldest first. */
  readonly #files = new Map<string, StoredFile>()
  #bytes = 0

  constructor(limits: Pick<ServerLimits, "filesBytes" | "fileSeconds">) {
    this.#limits = limits
  }

  add({ owner, bytes, filename, purpose }: Pick<StoredFile, "owner" | "bytes" | "filename" | "purpose">): StoredFile {
    this.#dropExpired()
    const created = now()
    const expires = created + this.#limits.fileSeconds
    const file = { id: `file-${crypto.randomUUID()}`, owner, bytes, filename, purpose, created, expires }
    this.#files.set(file.id, file)
    this.#bytes += bytes.length
    for (const oldest of this.#files.values()) {
      if (this.#bytes <= this.#limits.filesBytes) break
      this.#drop(oldest)
    }
    return file
  }

  /** Errors: ApiError 404, also for a file of another owner. */
  get(owner: string, id: string): StoredFile {
    this.#dropExpired()
    const file = this.#files.get(id)
    if (file?.owner === owner) return file
    throw new ApiError(`There is no file ${JSON.stringify(id)}.`, {
      status: 404,
      code: "file_not_found",
      fix: "Files are kept for a while only; upload it again.",
    })
  }

  list(owner: string): StoredFile[] {
    this.#dropExpired()
    return [...this.#files.values()].filter((file) => file.owner === owner)
  }

  /** Errors: those of `get`. */
  remove(owner: string, id: string): void {
    this.#drop(this.get(owner, id))
  }

  #dropExpired(): void {
    const time = now()
    for (const file of this.#files.values()) if (file.expires <= time) this.#drop(file)
  }

  #drop(file: StoredFile): void {
    this.#files.delete(file.id)
    this.#bytes -= file.bytes.length
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}
