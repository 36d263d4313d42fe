import { z } from "zod"
import { BrokenReply } from "./broken-reply.ts"
import type { ChatReply } from "./request-chat.ts"

/** What is needed of OpenAI's chat completion; what others leave out of it may be missing. */
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
})

/** @throws BrokenReply where it is no chat completion. */
export function readChatReply(value: unknown): ChatReply {
  const parsed = completionSchema.safeParse(value)
  if (!parsed.success) {
    throw new BrokenReply(`The reply is no chat completion: ${z.prettifyError(parsed.error)}`, "")
  }
  const { choices, usage } = parsed.data
  const { message, finish_reason: finish } = choices[0]!
  return {
    text: message.content || message.refusal || "",
    finishReason: finish === "length" ? "length" : finish === "content_filter" ? "filter" : "stop",
    ...(usage && { usage: { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens } }),
  }
}
