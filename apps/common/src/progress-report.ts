import type { OpenProgress } from "@llava/hub"
import { type Progress, progressLine } from "./progress-line.ts"

export interface ProgressScreen {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

const REDRAW_MILLISECONDS = 100
const LINE_MILLISECONDS = 10_000

/** Progress on standard error: a bar that is redrawn on a terminal; elsewhere a line now and then. */
export class ProgressReport {
  readonly #screen: ProgressScreen
  readonly #drawsBar: boolean
  readonly #now: () => number
  #last = Number.NEGATIVE_INFINITY
  #label = ""
  #drawn = false

  constructor(screen: ProgressScreen, options: { dumb: boolean; now?: () => number }) {
    this.#screen = screen
    this.#drawsBar = screen.isTTY === true && !options.dumb
    this.#now = options.now ?? (() => performance.now())
  }

  static onStandardError(): ProgressReport {
    return new ProgressReport(process.stderr, { dumb: process.env["TERM"] === "dumb" })
  }

  /** What opening a model tells. */
  readonly opening = ({ stage, file, loadedBytes, totalBytes }: OpenProgress): void =>
    this.update({
      label: stage === "load" ? "loading weights" : `downloading${file === undefined ? "" : ` ${file}`}`,
      done: loadedBytes,
      total: totalBytes,
    })

  update(progress: Progress): void {
    const isNew = progress.label !== this.#label
    const pause = this.#drawsBar ? REDRAW_MILLISECONDS : LINE_MILLISECONDS
    const isDue = this.#now() - this.#last >= pause
    if (!(isNew || isDue || (this.#drawsBar && progress.done >= progress.total))) return
    this.#label = progress.label
    this.#last = this.#now()
    if (this.#drawsBar) {
      this.#screen.write(`\r${progressLine(progress, this.#screen.columns || 80)}\u001b[K`)
      this.#drawn = true
    } else {
      this.#screen.write(`llava: ${progressLine(progress)}\n`)
    }
  }

  /** Takes the bar away. */
  finish(): void {
    if (this.#drawn) this.#screen.write("\r\u001b[K")
    this.#drawn = false
  }
}
