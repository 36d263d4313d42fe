import type { ErrorReply } from "../schema/error.ts"
import type { ApiError } from "./api-error.ts"

/** OpenAI's error object for a refusal. */
export function errorReply({ status, message, param, code }: ApiError): ErrorReply {
  const type = status === 429 ? "rate_limit_error" : status >= 500 ? "server_error" : "invalid_request_error"
  return { error: { message, type, param: param ?? null, code } }
}
