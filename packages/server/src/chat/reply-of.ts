import type { GenerationResult } from "@llava/model"
import { type ChatReply, chatReplySchema } from "../schema/chat-reply.ts"
import type { ChatRequest } from "../schema/chat-request.ts"
import type { ChoiceEvent } from "./choice-events.ts"
import { timingsOf } from "./timings-of.ts"
import { usageOf } from "./usage-of.ts"

/** What every piece of a reply says. */
export interface ReplyHead {
  id: string
  created: number
  model: string
}

/** Waits for all choices and makes one reply of them. */
export async function replyOf(
  head: ReplyHead,
  request: ChatRequest,
  events: AsyncIterable<ChoiceEvent>,
): Promise<ChatReply> {
  const results: GenerationResult[] = []
  let last: GenerationResult | undefined
  for await (const event of events) {
    if (!("result" in event)) continue
    results[event.index] = event.result
    last = event.result
  }
  return chatReplySchema.parse({
    ...head,
    object: "chat.completion",
    choices: results.map((result, index) => ({
      index,
      message: { role: "assistant", content: result.text, refusal: null },
      logprobs: null,
      finish_reason: result.finishReason,
      ...(request.return_token_ids && { token_ids: result.tokenIds }),
    })),
    usage: usageOf(results),
    timings: timingsOf(last!),
  })
}
