import { LlavaError, type LlavaErrorOptions } from "../error/llava-error.ts"

export interface ConfigErrorOptions extends LlavaErrorOptions {
  file: string
  key: string
}

/** A model's configuration file that is not what it should be, or asks for something that is not supported. */
export class ConfigError extends LlavaError {
  readonly file: string
  readonly key: string

  constructor(message: string, options: ConfigErrorOptions) {
    super(`${options.file}: ${message}`, options)
    this.file = options.file
    this.key = options.key
  }
}
