import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs"

/**
 * Writes a file of any length beside its place and moves it there when it is complete: readers see the file before or
 * the whole new one, also after the process was killed.
 */
export class TextFileWriter {
  readonly #path: string
  readonly #partial: string
  readonly #descriptor: number
  #pending: string[] = []
  #pendingLength = 0

  constructor(path: string) {
    this.#path = path
    this.#partial = `${path}.part`
    this.#descriptor = openSync(this.#partial, "w")
  }

  write(text: string): void {
    this.#pending.push(text)
    this.#pendingLength += text.length
    if (this.#pendingLength > 2 ** 16) this.#flush()
  }

  /** Completes the file and puts it in its place. */
  finish(): void {
    this.#flush()
    fsyncSync(this.#descriptor)
    closeSync(this.#descriptor)
    renameSync(this.#partial, this.#path)
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending.join(""))
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at)
    this.#pending = []
    this.#pendingLength = 0
  }
}
