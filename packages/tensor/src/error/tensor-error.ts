/** The marker by which errors of every @llava package are known; this package imports none of the others. */
const errorMarker: unique symbol = Symbol.for("llava.error") as never

/** `code` is for programs, `fix` for the reader; it ends the message. */
export interface TensorErrorOptions extends ErrorOptions {
  /** Stable, kebab-case, made for programs: `"shape-mismatch"`, `"limit-exceeded"`. */
  code: string
  /** What the reader can do about it, one sentence. It becomes part of the message. */
  fix?: string
}

/** A shape, type or limit that does not fit, or a GPU that refuses; the message names it and the fix. */
export class TensorError extends Error {
  readonly [errorMarker] = true
  readonly code: string
  readonly fix: string | undefined

  constructor(message: string, options: TensorErrorOptions) {
    super(options.fix ? `${message} ${options.fix}` : message, options)
    this.name = new.target.name
    this.code = options.code
    this.fix = options.fix
  }

  static isInstance(error: unknown): error is TensorError {
    return typeof error === "object" && error !== null && errorMarker in error
  }
}
