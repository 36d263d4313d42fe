import { apiKey } from "./api-key.ts"
import { problemOfReply } from "./problem-of-reply.ts"
import { RequestProblem } from "./request-problem.ts"

/**
 * Fetches a path below the page's own address; `json` is sent as a POST. Errors: RequestProblem where no reply comes or
 * it is an error; the signal's reason where that has ended it.
 */
export async function sendRequest(
  path: string,
  { json, signal }: { json?: unknown; signal?: AbortSignal } = {},
): Promise<Response> {
  const headers: Record<string, string> = {}
  if (apiKey.value !== "") headers["authorization"] = `Bearer ${apiKey.value}`
  if (json !== undefined) headers["content-type"] = "application/json"
  const response = await fetch(path, {
    headers,
    ...(json === undefined ? {} : { method: "POST", body: JSON.stringify(json) }),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    signal?.throwIfAborted()
    throw new RequestProblem(
      {
        message: "The server does not answer.",
        nextStep: "Look whether it is still running (npm start begins it again), then try again.",
      },
      undefined,
      cause,
    )
  })
  if (response.ok) return response
  throw new RequestProblem(await problemOfReply(response), response.status)
}
