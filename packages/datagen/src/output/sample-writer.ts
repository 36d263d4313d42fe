import { createHash, type Hash } from "node:crypto"
import { join } from "node:path"
import type { TrainingSample } from "@llava/core"
import { TextFileWriter } from "../files/text-file-writer.ts"

export interface SampleWriterOptions {
  /** `json`: one array, as published, a sample per line. `jsonl`: a sample per line and nothing else. Default `json`. */
  format?: "json" | "jsonl"
  /** Most samples of a file; then there are `data-00000.json` and so on instead of `data.json`. */
  shardSize?: number
}

export interface WrittenFile {
  name: string
  samples: number
  sha256: string
}

/** Writes samples as they come; each file appears when it is complete. */
export class SampleWriter {
  readonly #folder: string
  readonly #format: "json" | "jsonl"
  readonly #shardSize: number | undefined
  readonly #files: WrittenFile[] = []
  #current: { writer: TextFileWriter; name: string; samples: number; hash: Hash } | undefined

  constructor(folder: string, { format = "json", shardSize }: SampleWriterOptions = {}) {
    this.#folder = folder
    this.#format = format
    this.#shardSize = shardSize
  }

  write(sample: TrainingSample): void {
    if (this.#current && this.#current.samples === this.#shardSize) this.#finishFile()
    const file = this.#current ?? this.#startFile()
    const before = this.#format === "jsonl" ? "" : file.samples === 0 ? "[\n" : ",\n"
    this.#put(`${before}${JSON.stringify(sample)}${this.#format === "jsonl" ? "\n" : ""}`)
    file.samples++
  }

  /** Completes the last file; without any sample it is an empty array or an empty file. */
  finish(): WrittenFile[] {
    if (!this.#current && this.#files.length === 0) {
      this.#startFile()
      if (this.#format === "json") this.#put("[")
    }
    this.#finishFile()
    return this.#files
  }

  #startFile() {
    const number = String(this.#files.length).padStart(5, "0")
    const name = `${this.#shardSize === undefined ? "data" : `data-${number}`}.${this.#format}`
    this.#current = {
      writer: new TextFileWriter(join(this.#folder, name)),
      name,
      samples: 0,
      hash: createHash("sha256"),
    }
    return this.#current
  }

  #finishFile(): void {
    if (!this.#current) return
    if (this.#format === "json") this.#put("\n]\n")
    const { writer, name, samples, hash } = this.#current
    writer.finish()
    this.#files.push({ name, samples, sha256: hash.digest("hex") })
    this.#current = undefined
  }

  #put(text: string): void {
    this.#current!.writer.write(text)
    this.#current!.hash.update(text)
  }
}
