import { z } from "zod"
import { chatMessageSchema } from "./chat-message.ts"
import { responseFormatSchema } from "./response-format.ts"

const count = z.int().min(1)

/**
 * What `POST /v1/chat/completions` takes: OpenAI's fields, and below them some that other servers for local models have
 * too. Fields that stand nowhere are ignored; those that would change the answer are refused by `refuseUnsupported`.
 */
export const chatRequestSchema = z
  .looseObject({
    model: z.string(),
    messages: z.array(chatMessageSchema).min(1),
    stream: z.boolean().nullish(),
    stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
    max_tokens: count.nullish(),
    max_completion_tokens: count.nullish().describe("Goes before max_tokens."),
    temperature: z.number().min(0).max(2).nullish(),
    top_p: z.number().min(0).max(1).nullish(),
    n: count.nullish(),
    stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
    seed: z.int().nullish(),
    logprobs: z.boolean().nullish(),
    top_logprobs: z.int().min(0).max(20).nullish(),
    response_format: responseFormatSchema.nullish(),

    top_k: z.int().min(0).nullish().describe("Only the k likeliest tokens; 0 for all."),
    min_p: z
      .number()
      .min(0)
      .max(1)
      .nullish()
      .describe("Only tokens at least this fraction as likely as the likeliest."),
    repetition_penalty: z.number().positive().nullish().describe("Above 1 avoids tokens that occurred."),
    ignore_eos: z.boolean().nullish().describe("Go on past the end of the answer, to max_tokens."),
    return_token_ids: z.boolean().nullish().describe("Add the answer's token ids to its choice."),
  })
  .refine(({ top_logprobs, logprobs }) => !top_logprobs || logprobs === true, {
    message: "top_logprobs needs logprobs: true",
    path: ["top_logprobs"],
  })
  .meta({ id: "ChatCompletionRequest" })

export type ChatRequest = z.output<typeof chatRequestSchema>
