import { APIError } from "openai"
import { BrokenReply } from "./broken-reply.ts"
import { parseDuration } from "./parse-duration.ts"
import { TeacherError } from "./teacher-error.ts"

/** Either the request can be asked again, not before `wait` milliseconds, or it cannot. */
export type Judgement = { retry: true; reason: string; wait?: number } | { retry: false; error: TeacherError }

const settingsFix = "Change or leave out the setting that the endpoint names."

/** What to do after a failed request: 408, 409, 429, 5xx, lost connections and broken replies are asked again. */
export function judgeFailure(error: unknown, endpoint: { model: string; baseUrl: string; now: number }): Judgement {
  if (error instanceof TeacherError) return { retry: false, error }
  if (error instanceof BrokenReply) return { retry: true, reason: error.message }
  if (!(error instanceof APIError)) throw error
  const { status, code, headers } = error
  const { model, baseUrl } = endpoint
  const stop = (message: string, details: { code: string; fix: string; scope?: "request" | "run" }): Judgement => ({
    retry: false,
    error: new TeacherError(message, { scope: "run", cause: error, ...details }),
  })

  if (status === undefined) return { retry: true, reason: `${baseUrl} cannot be reached (${reasonOf(error)})` }
  if (status === 401 || status === 403) {
    return stop(`${baseUrl} refuses the key: ${error.message}.`, {
      code: "teacher-unauthorized",
      fix: "Check the key, and that it may use the model.",
    })
  }
  if (code === "insufficient_quota") {
    return stop(`The account at ${baseUrl} has nothing left: ${error.message}.`, {
      code: "quota-spent",
      fix: "Add to the account and go on: what was answered is kept.",
    })
  }
  const type = headers?.get("content-type") ?? ""
  if (status === 404) {
    return type.includes("json")
      ? stop(`${baseUrl} has no model '${model}': ${error.message}.`, {
          code: "model-not-found",
          fix: `Its models are listed at ${baseUrl}/models.`,
        })
      : stop(`${baseUrl} is not an OpenAI-compatible endpoint (404).`, {
          code: "not-an-endpoint",
          fix: "Check the base URL; most end in /v1.",
        })
  }
  if (status === 408 || status === 409 || status === 429 || status >= 500) {
    const wait = waitOf(headers, endpoint.now)
    return { retry: true, reason: error.message, ...(wait !== undefined && { wait }) }
  }
  if (code?.startsWith("unsupported_") || error.param === "model") {
    return stop(`${baseUrl} refuses how '${model}' is asked: ${error.message}.`, {
      code: "setting-refused",
      fix: settingsFix,
    })
  }
  return stop(`The endpoint refuses the request: ${error.message}.`, {
    code: "request-refused",
    fix: "Shorten or change what is asked.",
    scope: "request",
  })
}

function waitOf(headers: Headers | undefined, now: number): number | undefined {
  const milliseconds = Number.parseFloat(headers?.get("retry-after-ms") ?? "")
  return Number.isNaN(milliseconds) ? parseDuration(headers?.get("retry-after") ?? null, now) : milliseconds
}

function reasonOf(error: Error): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code) return code
  }
  return error.message
}
