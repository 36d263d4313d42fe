import { LlavaError, type LlavaErrorOptions } from "../error/llava-error.ts"

export interface PromptErrorOptions extends LlavaErrorOptions {
  /** The `id` of the training sample. */
  sample?: string | number | undefined
}

/** A conversation that cannot become a prompt or a training sample. */
export class PromptError extends LlavaError {
  /** The message without sample and fix. */
  readonly what: string
  readonly sample: string | number | undefined

  constructor(what: string, options: PromptErrorOptions) {
    super(options.sample === undefined ? what : `Sample ${JSON.stringify(options.sample)}: ${what}`, options)
    this.what = what
    this.sample = options.sample
  }
}
