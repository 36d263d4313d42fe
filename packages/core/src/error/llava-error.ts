/** The marker by which errors of every @llava package are known, across copies of the packages. */
export const errorMarker: unique symbol = Symbol.for("llava.error") as never

export interface LlavaErrorOptions extends ErrorOptions {
  /** Stable, kebab-case, made for programs: `"file-truncated"`, `"unknown-template"`. */
  code: string
  /** What the reader can do about it, one sentence. It becomes part of the message. */
  fix?: string
}

/**
 * An error that names the offending file, tensor, line or limit, and the fix.
 * Packages extend it; `LlavaError.isInstance` also recognises errors of packages that do not (`@llava/tensor`).
 */
export class LlavaError extends Error {
  readonly [errorMarker] = true
  readonly code: string
  readonly fix: string | undefined

  constructor(message: string, options: LlavaErrorOptions) {
    super(options.fix ? `${message} ${options.fix}` : message, options)
    this.name = new.target.name
    this.code = options.code
    this.fix = options.fix
  }

  static isInstance(error: unknown): error is LlavaError {
    return typeof error === "object" && error !== null && errorMarker in error
  }
}
