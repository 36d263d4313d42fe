import { LlavaError, type LlavaErrorOptions } from "../error/llava-error.ts"

/** A tokenizer file that cannot be read, or an id or token that the tokenizer does not have. */
export class TokenizerError extends LlavaError {
  /** The file at fault, where there is one. */
  readonly file: string | undefined

  constructor(message: string, options: LlavaErrorOptions & { file?: string }) {
    super(options.file ? `${options.file}: ${message}` : message, options)
    this.file = options.file
  }
}
