import { type ContentPart, type Message, parseDataUrl } from "@llava/core"
import { imageAttention, type Llava } from "@llava/model"
import { ApiError, readJson } from "@llava/server"
import type { Context } from "hono"
import { z } from "zod"
import type { BodyLimits } from "./body-limits.ts"

const requestSchema = z.object({
  model: z.string(),
  messages: z
    .array(
      z.object({
        role: z.enum(["user", "assistant"]),
        content: z.union([
          z.string(),
          z.array(
            z.discriminatedUnion("type", [
              z.object({ type: z.literal("text"), text: z.string() }),
              z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string().startsWith("data:") }) }),
            ]),
          ),
        ]),
      }),
    )
    .min(1),
  answer: z.string().min(1),
})

/** What a model looked at while it wrote an answer: for each of its tokens the shares of every image's patches. */
export async function answerAttention(
  c: Context,
  models: ReadonlyMap<string, Llava>,
  limits: BodyLimits,
): Promise<Response> {
  const { model: id, messages, answer } = await readJson(c, requestSchema, limits)
  const model = models.get(id)
  if (!model) {
    throw new ApiError(`There is no model ${JSON.stringify(id)}.`, { status: 404, code: "model_not_found" })
  }
  const conversation = messages.map(({ role, content }): Message => ({ role, content: partsOf(content) }))
  const { tokenIds, images, weights } = await imageAttention(model, {
    messages: conversation,
    answer,
    signal: c.req.raw.signal,
  })
  return c.json({
    tokens: tokenIds.map((tokenId) => model.tokenizer.decode([tokenId])),
    images,
    // Five digits are more than a picture shows.
    weights: weights.map((token) => token.map((image) => [...image].map((weight) => Number(weight.toPrecision(5))))),
  })
}

function partsOf(content: z.output<typeof requestSchema>["messages"][number]["content"]): ContentPart[] {
  if (typeof content === "string") return [{ type: "text", text: content }]
  return content.map((part) =>
    part.type === "text" ? part : { type: "image", image: parseDataUrl(part.image_url.url).bytes },
  )
}
