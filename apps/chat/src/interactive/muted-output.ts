import { Writable } from "node:stream"
import type { WriteStream } from "node:tty"

/** A terminal that keeps silent at times: keys that are typed into an answer are not shown amid it. */
export class MutedOutput extends Writable {
  readonly isTTY = true
  muted = false
  readonly #terminal: WriteStream

  constructor(terminal: WriteStream) {
    super({ decodeStrings: false })
    this.#terminal = terminal
    terminal.on("resize", () => this.emit("resize"))
  }

  get columns(): number {
    return this.#terminal.columns
  }

  get rows(): number {
    return this.#terminal.rows
  }

  /** Done at once: what is written while another writes straight to the terminal must not come late. */
  override _write(text: string, _: BufferEncoding, done: () => void): void {
    if (!this.muted) this.#terminal.write(text)
    done()
  }
}
