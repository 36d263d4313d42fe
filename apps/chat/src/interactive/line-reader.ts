import { createInterface, type Interface } from "node:readline"
import type { ReadStream, WriteStream } from "node:tty"
import { MutedOutput } from "./muted-output.ts"

export interface LineReaderOptions {
  input: ReadStream
  output: WriteStream
  /** A terminal without cursor movement: it edits lines and echoes keys by itself. */
  dumb: boolean
  prompt: string
  /** Ctrl-C; `text` is what stands at the prompt, undefined while nobody asks for a line. */
  onInterrupt: (text: string | undefined) => void
}

/**
 * Lines of a terminal, with editing and a history. Lines typed while nobody asks for one wait; they are shown when it
 * is their turn.
 */
export class LineReader implements Disposable {
  readonly #interface: Interface
  readonly #screen: MutedOutput
  readonly #options: LineReaderOptions
  readonly #lines: string[] = []
  #deliver: ((line: string | undefined) => void) | undefined
  #closed = false
  readonly #onSignal = () => this.#interrupt()

  constructor(options: LineReaderOptions) {
    const { input, output, dumb, prompt } = options
    this.#options = options
    this.#screen = new MutedOutput(output)
    this.#screen.muted = true
    this.#interface = createInterface({
      input,
      output: this.#screen,
      terminal: !dumb,
      prompt,
      historySize: 1000,
      removeHistoryDuplicates: true,
    })
    this.#interface.on("line", (line) => this.#take(line))
    this.#interface.on("close", () => this.#end())
    this.#interface.on("SIGINT", this.#onSignal)
    process.on("SIGINT", this.#onSignal)
  }

  /** The next line; undefined after Ctrl-D. */
  next(): Promise<string | undefined> {
    const waiting = this.#lines.shift()
    if (waiting !== undefined) {
      this.#options.output.write(`${this.#options.prompt}${waiting}\n`)
      return Promise.resolve(waiting)
    }
    if (this.#closed) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      this.#deliver = resolve
      this.#screen.muted = false
      this.#interface.prompt(true)
    })
  }

  /** Shows a notice and a fresh prompt below it; what stood at the prompt is dropped. */
  restart(notice: string): void {
    this.#screen.muted = true
    // To the end of the line, then everything before the cursor: readline's own keys for it. A dumb terminal has
    // dropped its line already.
    for (const name of this.#options.dumb ? [] : ["e", "u"]) this.#interface.write(null, { ctrl: true, name })
    this.#screen.muted = false
    this.#options.output.write(`\n${notice}`)
    this.#interface.prompt()
  }

  /** Ends the lines, as Ctrl-D does. */
  close(): void {
    this.#interface.close()
  }

  [Symbol.dispose](): void {
    process.off("SIGINT", this.#onSignal)
    this.close()
  }

  #take(line: string): void {
    const deliver = this.#deliver
    if (!deliver) {
      this.#lines.push(line)
      return
    }
    this.#settle()
    deliver(line)
  }

  #end(): void {
    const deliver = this.#deliver
    this.#closed = true
    if (!deliver) return
    this.#settle()
    this.#options.output.write("\n")
    deliver(undefined)
  }

  #settle(): void {
    this.#deliver = undefined
    this.#screen.muted = true
  }

  #interrupt(): void {
    this.#options.onInterrupt(this.#deliver ? this.#interface.line : undefined)
  }
}
