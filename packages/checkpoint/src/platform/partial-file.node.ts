import { createHash, type Hash } from "node:crypto"
import { constants } from "node:fs"
import { type FileHandle, mkdir, open } from "node:fs/promises"
import { dirname } from "node:path"
import { type DigestKind, digestKind } from "../hub/digest-kind.ts"
import type { HubFile } from "../hub/hub-file.ts"
import type { PartialFile } from "../hub/hub-store.ts"
import { fileSystemError } from "./file-system-error.node.ts"

const readSize = 1 << 20

/** `blobs/<name>.incomplete`: grows by writes at explicit positions, and goes on after an abort or a crash. */
export class NodePartialFile implements PartialFile, AsyncDisposable {
  readonly path: string
  readonly #file: FileHandle
  readonly #kind: DigestKind
  readonly #size: number
  #hash: Hash
  #received = 0

  private constructor(path: string, file: FileHandle, described: HubFile) {
    this.path = path
    this.#file = file
    this.#kind = digestKind(described.blob)
    this.#size = described.size
    this.#hash = this.#newHash()
  }

  static async open(path: string, described: HubFile): Promise<NodePartialFile> {
    try {
      await mkdir(dirname(path), { recursive: true })
      const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o666)
      const partial = new NodePartialFile(path, file, described)
      await partial.#readExisting()
      return partial
    } catch (error) {
      throw fileSystemError(error, path)
    }
  }

  get received(): number {
    return this.#received
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      let written = 0
      while (written < bytes.length) {
        const left = bytes.length - written
        const result = await this.#file.write(bytes, written, left, this.#received + written)
        written += result.bytesWritten
      }
    } catch (error) {
      throw fileSystemError(error, this.path)
    }
    this.#hash.update(bytes)
    this.#received += bytes.length
  }

  async restart(): Promise<void> {
    try {
      await this.#file.truncate(0)
    } catch (error) {
      throw fileSystemError(error, this.path)
    }
    this.#hash = this.#newHash()
    this.#received = 0
  }

  async digest(): Promise<string> {
    return this.#kind === "none" ? "" : this.#hash.digest("hex")
  }

  /** Forces the bytes to the disk, so that a file that was renamed into place is whole even after a power cut. */
  async sync(): Promise<void> {
    try {
      await this.#file.datasync()
    } catch (error) {
      throw fileSystemError(error, this.path)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close()
  }

  #newHash(): Hash {
    if (this.#kind !== "git-sha1") return createHash("sha256")
    return createHash("sha1").update(`blob ${this.#size}\0`)
  }

  async #readExisting(): Promise<void> {
    const { size } = await this.#file.stat()
    const buffer = new Uint8Array(Math.min(readSize, size))
    while (this.#received < size) {
      const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, this.#received)
      if (bytesRead === 0) break
      this.#hash.update(buffer.subarray(0, bytesRead))
      this.#received += bytesRead
    }
  }
}
