import { writeFilesAtomically } from "@llava/checkpoint"
import { appendToFile } from "#platform/append-to-file"
import { readTextFile } from "#platform/read-text-file"

/**
 * Records of a run, one line of JSON each, in the order of their steps; in memory alone without a file. A run that is
 * taken up at a step drops what it had written beyond it, so that after a kill no step is there twice.
 */
export class StepLines<Line extends { readonly step: number }> {
  readonly #file: string | undefined
  readonly #lines: Line[]

  private constructor(file: string | undefined, lines: Line[]) {
    this.#file = file
    this.#lines = lines
  }

  /** `step` is where the run goes on: later lines, and one that a kill cut short, are taken out of the file. */
  static async open<Line extends { readonly step: number }>(
    file: string | undefined,
    step: number,
  ): Promise<StepLines<Line>> {
    const text = file === undefined ? undefined : await readTextFile(file)
    if (file === undefined || text === undefined) return new StepLines<Line>(file, [])
    const whole = text.split("\n").slice(0, -1)
    const lines = whole.map((line) => JSON.parse(line) as Line)
    const kept = lines.findIndex((line) => line.step > step)
    const count = kept === -1 ? lines.length : kept
    const rest = whole
      .slice(0, count)
      .map((line) => `${line}\n`)
      .join("")
    if (rest !== text) {
      await writeFilesAtomically([{ path: file, write: (handle) => handle.write(new TextEncoder().encode(rest)) }])
    }
    return new StepLines(file, lines.slice(0, count))
  }

  get lines(): readonly Line[] {
    return this.#lines
  }

  has(step: number): boolean {
    return this.#lines.at(-1)?.step === step
  }

  async append(line: Line): Promise<void> {
    this.#lines.push(line)
    if (this.#file !== undefined) await appendToFile(this.#file, `${JSON.stringify(line)}\n`)
  }
}
