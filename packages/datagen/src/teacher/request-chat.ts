import type OpenAI from "openai"
import { Stream } from "openai/core/streaming"
import type { ChatCompletion, ChatCompletionChunk } from "openai/resources/chat/completions"
import { BrokenReply } from "./broken-reply.ts"
import type { ChatBody } from "./chat-body.ts"
import { readChatReply } from "./read-chat-reply.ts"
import type { TeacherReply, TeacherUsage } from "./teacher.ts"
import { TeacherError } from "./teacher-error.ts"

/** A reply, without its usage where the endpoint does not count. */
export type ChatReply = Omit<TeacherReply, "usage"> & { usage?: TeacherUsage }

/**
 * Sends one chat request and reads its reply as a stream, so that slow replies show signs of life and broken ones are
 * known. Endpoints that answer in one piece are understood too.
 *
 * @throws OpenAI's APIError for error statuses; BrokenReply; TeacherError `not-an-endpoint`.
 */
export async function requestChat(
  client: OpenAI,
  body: ChatBody,
  options: { signal: AbortSignal; onHeaders: (headers: Headers) => void },
): Promise<ChatReply> {
  const { signal, onHeaders } = options
  const streamed = { ...body, stream: true, stream_options: { include_usage: true } } as const
  const response = await client.chat.completions.create(streamed, { signal }).asResponse()
  onHeaders(response.headers)
  const type = response.headers.get("content-type") ?? ""
  if (type.includes("event-stream")) return readStream(client, response, signal)
  const text = await response.text().catch((cause: unknown) => {
    throw new BrokenReply("The connection broke.", "", { cause })
  })
  if (!type.includes("json") || text.trimStart().startsWith("<")) {
    throw new TeacherError(`${response.url} answers with '${type || "no content type"}', not as an endpoint does.`, {
      code: "not-an-endpoint",
      scope: "run",
      fix: "Check the base URL; most end in /v1.",
    })
  }
  return readChatReply(parseJson(text) as ChatCompletion)
}

async function readStream(client: OpenAI, response: Response, signal: AbortSignal): Promise<ChatReply> {
  const controller = new AbortController()
  const abort = () => controller.abort(signal.reason)
  signal.addEventListener("abort", abort, { once: true })
  let text = ""
  let finish: string | null | undefined
  let usage: ChatCompletionChunk["usage"]
  try {
    for await (const chunk of Stream.fromSSEResponse<ChatCompletionChunk>(response, controller, client)) {
      const choice = chunk.choices?.[0]
      text += choice?.delta?.content ?? ""
      finish = choice?.finish_reason ?? finish
      usage = chunk.usage ?? usage
    }
  } catch (cause) {
    throw new BrokenReply(`The stream broke: ${(cause as Error).message}`, text, { cause })
  } finally {
    signal.removeEventListener("abort", abort)
  }
  if (!finish) throw new BrokenReply("The stream ended before the reply did.", text)
  return readChatReply({
    choices: [{ message: { content: text }, finish_reason: finish }],
    ...(usage && { usage }),
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new BrokenReply("The reply is not JSON.", text, { cause })
  }
}
