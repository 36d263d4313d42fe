import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { AppError } from "./app-error.ts"

/**
 * A file of JSON lines that a run adds to, one record as soon as it is there. Opened again, it still holds every record
 * that was added: a run that was killed loses nothing and need repeat nothing. A last line that was not written to its
 * end is cut off.
 */
export class JsonLinesJournal implements Disposable {
  /** What was there when it was opened, in order. */
  readonly records: readonly unknown[]
  readonly #descriptor: number

  /**
   * With `restart` what the file holds is discarded.
   *
   * @throws AppError `file-invalid` where a line before the last is not JSON; `file-unwritable`.
   */
  constructor(file: string, { restart = false }: { restart?: boolean | undefined } = {}) {
    try {
      if (restart) rmSync(file, { force: true })
      mkdirSync(dirname(file), { recursive: true })
      this.#descriptor = openSync(file, "a+")
    } catch (cause) {
      const what = (cause as NodeJS.ErrnoException).code
      throw new AppError(`${file} cannot be written (${what}).`, {
        code: "file-unwritable",
        fix: "Choose another file for the results.",
        cause,
      })
    }
    const bytes = readFileSync(this.#descriptor)
    const end = bytes.lastIndexOf(10) + 1
    const rest = bytes.subarray(end).toString("utf8")
    this.records = parseLines(bytes.subarray(0, end).toString("utf8"), file)
    if (isRecord(rest)) {
      // Only the end of the line is missing.
      this.records = [...this.records, JSON.parse(rest)]
      writeSync(this.#descriptor, "\n")
    } else if (rest !== "") ftruncateSync(this.#descriptor, end)
  }

  /** The record is in the file when this returns. */
  add(record: object): void {
    const bytes = Buffer.from(`${JSON.stringify(record)}\n`)
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at)
  }

  [Symbol.dispose](): void {
    fsyncSync(this.#descriptor)
    closeSync(this.#descriptor)
  }
}

function isRecord(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === "object" && value !== null
  } catch {
    return false
  }
}

function parseLines(text: string, file: string): unknown[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return []
    try {
      return [JSON.parse(index === 0 ? line.replace(/^\uFEFF/, "") : line)]
    } catch (cause) {
      throw new AppError(`${file}:${index + 1}: The line is not JSON, so that a run cannot go on with this file.`, {
        code: "file-invalid",
        fix: "Restore the file, or delete this line: its question is asked again.",
        cause,
      })
    }
  })
}
