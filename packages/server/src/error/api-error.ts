import { LlavaError } from "@llava/core"

export interface ApiErrorOptions extends ErrorOptions {
  status: 400 | 401 | 403 | 404 | 405 | 408 | 413 | 415 | 429 | 500 | 503 | 504
  /** OpenAI's, where it has one for this. */
  code: string
  /** The field of the request that is at fault: `messages[0].content`. */
  param?: string | undefined
  headers?: Readonly<Record<string, string>>
  fix?: string
}

/** A refusal with its HTTP status, as clients get to see it. */
export class ApiError extends LlavaError {
  readonly status: ApiErrorOptions["status"]
  readonly param: string | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(message: string, { status, param, headers = {}, ...options }: ApiErrorOptions) {
    super(message, options)
    this.status = status
    this.param = param
    this.headers = headers
  }
}
