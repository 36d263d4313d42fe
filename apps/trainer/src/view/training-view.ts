import { visibleText } from "@llava/app-common"
import type { SampleAnswer, TrainStep } from "@llava/train"
import { statusLine } from "./status-line.ts"
import { statusSentence } from "./status-sentence.ts"

export interface ViewScreen {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

const REDRAW_MILLISECONDS = 100
const LINE_MILLISECONDS = 10_000

/** A run on standard error: on a terminal one line that changes, with notes above it; elsewhere lines now and then. */
export class TrainingView {
  readonly #screen: ViewScreen
  readonly #isDrawn: boolean
  readonly #now: () => number
  readonly #began: number
  readonly #losses: number[] = []
  #drawnAt = Number.NEGATIVE_INFINITY
  #line = ""

  constructor(screen: ViewScreen, options: { dumb: boolean; now?: () => number }) {
    this.#screen = screen
    this.#isDrawn = screen.isTTY === true && !options.dumb
    this.#now = options.now ?? (() => performance.now())
    this.#began = this.#now()
  }

  step(last: TrainStep): void {
    this.#losses.push(last.loss)
    const now = this.#now()
    const pause = this.#isDrawn ? REDRAW_MILLISECONDS : LINE_MILLISECONDS
    if (now - this.#drawnAt < pause && last.step !== last.steps) return
    this.#drawnAt = now
    const secondsLeft = ((now - this.#began) / 1000 / this.#losses.length) * (last.steps - last.step)
    if (!this.#isDrawn) {
      this.#screen.write(`llava: ${statusSentence({ last, secondsLeft })}\n`)
      return
    }
    this.#line = statusLine({ last, losses: this.#losses, secondsLeft }, this.#screen.columns || 80)
    this.#screen.write(`\r${this.#line}\u001b[K`)
  }

  note(sentence: string): void {
    const text = `llava: ${visibleText(sentence)}\n`
    this.#screen.write(this.#line === "" ? text : `\r\u001b[K${text}${this.#line}`)
  }

  answers(step: number, answers: readonly SampleAnswer[]): void {
    for (const { id, question, answer, error } of answers) {
      this.note(`after step ${step}, sample ${id}: ${question === "" ? "" : `${question} `}-> ${error ?? answer}`)
    }
  }

  /** Leaves the line as it is, and goes below it. */
  finish(): void {
    if (this.#line !== "") this.#screen.write("\n")
    this.#line = ""
  }
}
