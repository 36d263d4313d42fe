import { sha1 } from "@noble/hashes/legacy.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { type DigestKind, digestKind } from "../hub/digest-kind.ts"
import type { HubFile } from "../hub/hub-file.ts"
import type { PartialFile } from "../hub/hub-store.ts"

const foldSize = 1 << 24

interface RunningDigest {
  update(bytes: Uint8Array): RunningDigest
  digest(): Uint8Array
}

/** A file under way in a page: kept while the call lasts. Pieces are folded into blobs, which browsers move to disk. */
export class BrowserPartialFile implements PartialFile {
  readonly #kind: DigestKind
  readonly #size: number
  #hash: RunningDigest
  #folded = new Blob([])
  #pieces: Uint8Array<ArrayBuffer>[] = []
  #received = 0

  constructor(file: HubFile) {
    this.#kind = digestKind(file.blob)
    this.#size = file.size
    this.#hash = this.#newHash()
  }

  get received(): number {
    return this.#received
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes)
    this.#pieces.push(new Uint8Array(bytes))
    this.#received += bytes.length
    if (this.#received - this.#folded.size >= foldSize) this.#fold()
  }

  async restart(): Promise<void> {
    this.#hash = this.#newHash()
    this.#folded = new Blob([])
    this.#pieces = []
    this.#received = 0
  }

  async digest(): Promise<string> {
    if (this.#kind === "none") return ""
    return Array.from(this.#hash.digest(), (byte) => byte.toString(16).padStart(2, "0")).join("")
  }

  content(): Blob {
    this.#fold()
    return this.#folded
  }

  #fold(): void {
    this.#folded = new Blob([this.#folded, ...this.#pieces])
    this.#pieces = []
  }

  #newHash(): RunningDigest {
    if (this.#kind !== "git-sha1") return sha256.create()
    return sha1.create().update(new TextEncoder().encode(`blob ${this.#size}\0`))
  }
}
