import OpenAI from "openai"
import { TeacherError } from "./teacher-error.ts"
import type { TeacherSettings } from "./teacher-settings.ts"

export const openAiBaseUrl = "https://api.openai.com/v1"

/** Replies that take longer are asked again. */
const replyTimeout = 10 * 60_000

/**
 * The official client, with everything it would read from the environment given, and its retries left to the teacher,
 * which counts every request.
 *
 * @throws TeacherError `teacher-unauthorized` where OpenAI's own endpoint has no key; `base-url-invalid`.
 */
export function openAiClient(settings: Pick<TeacherSettings, "baseUrl" | "apiKey">, timeout = replyTimeout): OpenAI {
  const { baseUrl: baseURL = openAiBaseUrl, apiKey } = settings
  if (!/^https?:$/.test(URL.parse(baseURL)?.protocol ?? "")) {
    throw new TeacherError(`The base URL '${baseURL}' is no http address.`, {
      code: "base-url-invalid",
      scope: "run",
      fix: "It looks like http://localhost:8080/v1.",
    })
  }
  if (!apiKey && baseURL === openAiBaseUrl) {
    throw new TeacherError("There is no key for OpenAI's endpoint.", {
      code: "teacher-unauthorized",
      scope: "run",
      fix: "Set OPENAI_API_KEY, or give the base URL of an endpoint that needs none.",
    })
  }
  return new OpenAI({
    baseURL,
    apiKey: apiKey || "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: "off",
    maxRetries: 0,
    timeout,
    // Endpoints without keys may refuse one that they do not know.
    ...(!apiKey && { defaultHeaders: { Authorization: null } }),
  })
}
