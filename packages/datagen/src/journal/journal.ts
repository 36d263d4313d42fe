import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs"
import { DatasetError } from "@llava/core"
import type { Answered } from "../run/image-run.ts"
import type { TeacherUsage } from "../teacher/teacher.ts"
import { type JournalRecord, journalRecordSchema } from "./journal-record.ts"

/** Where an answer's line is: offset and length in bytes. */
type Place = readonly [offset: number, length: number]

/**
 * The answers of a run, one line each, only ever added to. What is in memory is where each answer stands. A line that a
 * killed process left incomplete is cut off on opening: its question is asked again.
 */
export class Journal {
  /** What the run is; undefined in a new journal. */
  run: Readonly<Record<string, unknown>> | undefined
  /** Answered requests and tokens of all replies in the journal. */
  readonly used = { requests: 0, promptTokens: 0, completionTokens: 0 }
  /** Batches handed in whose results are not in the journal yet. */
  readonly openBatches = new Set<string>()
  readonly #file: string
  readonly #descriptor: number
  readonly #append: typeof appendBytes
  readonly #places = new Map<string, Place>()
  #end = 0

  /**
   * @param append how bytes are added at the file's end; tests interrupt it
   * @throws DatasetError `journal-invalid` with the line of a record that is none (the incomplete last line is not one).
   */
  constructor(file: string, append = appendBytes) {
    this.#file = file
    this.#append = append
    this.#descriptor = openSync(file, "a+")
    this.#load()
  }

  has(id: string): boolean {
    return this.#places.has(id)
  }

  read(id: string): Answered | undefined {
    const place = this.#places.get(id)
    if (!place) return undefined
    const [offset, length] = place
    const bytes = Buffer.allocUnsafe(length)
    for (let at = 0; at < length; ) at += readSync(this.#descriptor, bytes, at, length - at, offset + at)
    return JSON.parse(bytes.toString("utf8")) as Answered
  }

  /** The record is in the file when this returns. */
  add(record: JournalRecord): void {
    const bytes = Buffer.from(`${JSON.stringify(record)}\n`)
    this.#append(this.#descriptor, bytes)
    this.#index(record, [this.#end, bytes.length - 1])
    this.#end += bytes.length
  }

  close(): void {
    fsyncSync(this.#descriptor)
    closeSync(this.#descriptor)
  }

  #load(): void {
    const size = fstatSync(this.#descriptor).size
    const block = Buffer.allocUnsafe(2 ** 20)
    let rest: Buffer = Buffer.alloc(0)
    let line = 1
    for (let read = 0; read < size; ) {
      const count = readSync(this.#descriptor, block, 0, block.length, read)
      if (count === 0) break
      read += count
      rest = Buffer.concat([rest, block.subarray(0, count)])
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        this.#index(this.#parse(rest.subarray(0, end).toString("utf8"), line++), [this.#end, end])
        this.#end += end + 1
        rest = rest.subarray(end + 1)
      }
    }
    if (this.#end < size) ftruncateSync(this.#descriptor, this.#end)
  }

  #index(record: JournalRecord, place: Place): void {
    if ("run" in record) this.run = record.run
    else if ("batch" in record) this.openBatches.add(record.batch)
    else if ("batchEnded" in record) this.openBatches.delete(record.batchEnded)
    else {
      this.#places.set(record.id, place)
      this.used.requests++
      if ("reply" in record) this.#count(record.reply.usage)
    }
  }

  #count({ promptTokens, completionTokens }: TeacherUsage): void {
    this.used.promptTokens += promptTokens
    this.used.completionTokens += completionTokens
  }

  #parse(text: string, line: number): JournalRecord {
    try {
      return journalRecordSchema.parse(JSON.parse(text))
    } catch (cause) {
      throw new DatasetError("The line is no record of a run.", {
        code: "journal-invalid",
        file: this.#file,
        line,
        fix: "Restore the file; or delete this line, and its question is asked again.",
        cause,
      })
    }
  }
}

function appendBytes(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
}
