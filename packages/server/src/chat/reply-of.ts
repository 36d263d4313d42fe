import type { Tokenizer } from "@llava/core"
import type { ChosenLogProbability, GenerationResult } from "@llava/model"
import { type ChatReply, chatReplySchema } from "../schema/chat-reply.ts"
import type { ChatRequest } from "../schema/chat-request.ts"
import type { ChoiceEvent } from "./choice-events.ts"
import { logprobsOf } from "./logprobs-of.ts"
import { timingsOf } from "./timings-of.ts"
import { usageOf } from "./usage-of.ts"

/** What every piece of a reply says. */
export interface ReplyHead {
  id: string
  created: number
  model: string
}

/** What a reply is made for. */
export interface ReplyOptions {
  head: ReplyHead
  request: ChatRequest
  tokenizer: Tokenizer
}

/** Waits for all choices and makes one reply of them. */
export async function replyOf(
  events: AsyncIterable<ChoiceEvent>,
  { head, request, tokenizer }: ReplyOptions,
): Promise<ChatReply> {
  const results: GenerationResult[] = []
  const chosen: ChosenLogProbability[][] = []
  const remarks: string[] = []
  let last: GenerationResult | undefined
  for await (const event of events) {
    if ("piece" in event) {
      const { logProbability } = event.piece
      chosen[event.index] ??= []
      if (logProbability) chosen[event.index]!.push(logProbability)
      continue
    }
    results[event.index] = event.result
    remarks.push(...event.remarks)
    last = event.result
  }
  return chatReplySchema.parse({
    ...head,
    object: "chat.completion",
    choices: results.map((result, index) => ({
      index,
      message: { role: "assistant", content: result.text, refusal: null },
      logprobs: request.logprobs ? logprobsOf(tokenizer, chosen[index] ?? []) : null,
      finish_reason: result.finishReason,
      ...(request.return_token_ids && { token_ids: result.tokenIds }),
    })),
    usage: usageOf(results),
    timings: timingsOf(last!),
    ...(remarks.length > 0 && { remarks }),
  })
}
