import { z } from "zod"
import { logprobsSchema } from "./logprobs.ts"
import { usageSchema } from "./usage.ts"

const finishReason = z.enum(["stop", "length"])
const tokenIds = z.array(z.int().min(0)).optional().describe("With return_token_ids.")

const remarks = z
  .array(z.string())
  .optional()
  .describe("What a reader should know, such as that a picture is unlike all that the model was trained on.")

const timings = z
  .object({
    encode_ms: z.number(),
    prefill_ms: z.number(),
    decode_ms: z.number(),
    tokens_per_second: z.number(),
  })
  .meta({ id: "Timings" })

/** What `POST /v1/chat/completions` answers in one piece. */
export const chatReplySchema = z
  .object({
    id: z.string(),
    object: z.literal("chat.completion"),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.object({
        index: z.int().min(0),
        message: z.object({ role: z.literal("assistant"), content: z.string(), refusal: z.null() }),
        logprobs: logprobsSchema.nullable(),
        finish_reason: finishReason,
        token_ids: tokenIds,
      }),
    ),
    usage: usageSchema,
    timings: timings.describe("Of the last choice to end."),
    remarks,
  })
  .meta({ id: "ChatCompletion" })

export type ChatReply = z.output<typeof chatReplySchema>

/** What it answers piece by piece (`stream: true`), each as `data:` of a server-sent event; the last one is `[DONE]`. */
export const chatChunkSchema = z
  .object({
    id: z.string(),
    object: z.literal("chat.completion.chunk"),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.object({
        index: z.int().min(0),
        delta: z.object({ role: z.literal("assistant").optional(), content: z.string().optional() }),
        logprobs: logprobsSchema.nullable(),
        finish_reason: finishReason.nullable(),
        token_ids: tokenIds,
      }),
    ),
    usage: usageSchema
      .nullish()
      .describe("With stream_options.include_usage: in the last piece, which has no choices."),
    timings: timings.optional().describe("In the last piece of each choice."),
    remarks: remarks.describe("As in a reply; in the last piece of the first choice."),
  })
  .meta({ id: "ChatCompletionChunk" })

export type ChatChunk = z.output<typeof chatChunkSchema>
export type Timings = z.output<typeof timings>
