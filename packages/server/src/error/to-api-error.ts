import { ImageError, LlavaError, PromptError, TemplateError } from "@llava/core"
import { ApiError } from "./api-error.ts"

/** Codes of `ModelError` that are the request's fault. */
const requestCodes = new Set(["no-encoder", "sampling-options"])

/** Codes of a GPU that is lost, and of an engine that is closed while it answers, as one that is replaced. */
const lostCodes = new Set(["device-lost", "engine-closed"])

/**
 * What a client learns of an error. Whatever is not the request's fault stays inside: it becomes a 500 that says no
 * more than that, with the error as its cause.
 */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof ImageError && error.code !== "image-decoder-missing") {
    return new ApiError(error.message, { status: 400, code: "invalid_image", param: "messages", cause: error })
  }
  if (error instanceof PromptError || error instanceof TemplateError) {
    return new ApiError(error.message, { status: 400, code: "invalid_prompt", param: "messages", cause: error })
  }
  if (LlavaError.isInstance(error) && error.code === "context-full") {
    return new ApiError(error.message, {
      status: 400,
      code: "context_length_exceeded",
      param: "messages",
      cause: error,
    })
  }
  if (LlavaError.isInstance(error) && requestCodes.has(error.code)) {
    return new ApiError(error.message, { status: 400, code: "invalid_request", cause: error })
  }
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return new ApiError("The answer took too long.", { status: 504, code: "timeout", fix: "Ask for fewer tokens." })
  }
  // Nobody is there to read it; what matters is that it is not taken for a fault.
  if (error instanceof DOMException && error.name === "AbortError") {
    return new ApiError("The request was given up.", { status: 400, code: "cancelled" })
  }
  if (LlavaError.isInstance(error) && lostCodes.has(error.code)) {
    return new ApiError("The model went away while answering.", {
      status: 503,
      code: "model_lost",
      fix: "Try again in a moment.",
      headers: { "retry-after": "5" },
      cause: error,
    })
  }
  return new ApiError("The server had an error while answering.", {
    status: 500,
    code: "internal_error",
    fix: "Try again; its log says more.",
    cause: error,
  })
}
