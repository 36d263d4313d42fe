import { LlavaError, type LlavaErrorOptions } from "../error/llava-error.ts"

export interface DatasetErrorOptions extends LlavaErrorOptions {
  file: string
  /** From 1; absent where the file is not read by lines. */
  line?: number | undefined
}

/** A data file that is not what it should be. */
export class DatasetError extends LlavaError {
  readonly file: string
  readonly line: number | undefined

  constructor(message: string, options: DatasetErrorOptions) {
    super(`${options.file}${options.line === undefined ? "" : `:${options.line}`}: ${message}`, options)
    this.file = options.file
    this.line = options.line
  }
}
