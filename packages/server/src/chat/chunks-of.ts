import type { GenerationResult } from "@llava/model"
import { type ChatChunk, chatChunkSchema } from "../schema/chat-reply.ts"
import type { ChoiceEvent } from "./choice-events.ts"
import { logprobsOf } from "./logprobs-of.ts"
import type { ReplyOptions } from "./reply-of.ts"
import { timingsOf } from "./timings-of.ts"
import { usageOf } from "./usage-of.ts"

type Choice = ChatChunk["choices"][number]

/** The pieces of a streamed reply: for each choice first its role, then text, then how it ended; last the usage if asked for. */
export async function* chunksOf(
  events: AsyncIterable<ChoiceEvent>,
  { head, request, tokenizer }: ReplyOptions,
): AsyncGenerator<ChatChunk, void> {
  const withUsage = request.stream_options?.include_usage === true
  const chunk = (choices: Choice[], more: Pick<ChatChunk, "usage" | "timings" | "remarks"> = {}) =>
    chatChunkSchema.parse({
      ...head,
      object: "chat.completion.chunk",
      choices,
      ...(withUsage && { usage: null }),
      ...more,
    })
  const part = (index: number, delta: Choice["delta"]): Choice => ({
    index,
    delta,
    logprobs: null,
    finish_reason: null,
  })
  const results: GenerationResult[] = []
  const begun = new Set<number>()
  for await (const event of events) {
    const { index } = event
    if (!begun.has(index)) yield chunk([part(index, { role: "assistant", content: "" })])
    begun.add(index)
    if ("piece" in event) {
      const { text, logProbability } = event.piece
      const logprobs = request.logprobs && logProbability ? logprobsOf(tokenizer, [logProbability]) : null
      if (text !== "" || logprobs) yield chunk([{ ...part(index, { content: text }), logprobs }])
      continue
    }
    const { result, remarks } = event
    results[index] = result
    const ids = request.return_token_ids ? { token_ids: result.tokenIds } : {}
    yield chunk([{ ...part(index, {}), finish_reason: result.finishReason, ...ids }], {
      timings: timingsOf(result),
      ...(remarks.length > 0 && { remarks: [...remarks] }),
    })
  }
  if (withUsage) yield chunk([], { usage: usageOf(results) })
}
