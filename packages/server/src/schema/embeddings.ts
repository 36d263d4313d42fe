import { z } from "zod"

const item = z.union([
  z.string(),
  z.object({ text: z.string() }).strict(),
  z
    .object({
      image: z.string().describe("A data URL, an http(s) address where the server fetches those, or the id of a file."),
    })
    .strict(),
])

/** What `POST /v1/embeddings` takes: OpenAI's fields, and images among the inputs. */
export const embeddingsRequestSchema = z
  .looseObject({
    model: z.string(),
    input: z
      .union([item, z.array(item).min(1)])
      .describe("Texts, as they are or as { text }, and images as { image }."),
    encoding_format: z.enum(["float", "base64"]).nullish().describe("Default float."),
  })
  .meta({ id: "EmbeddingsRequest" })

export type EmbeddingItem = z.output<typeof item>

export const embeddingsReplySchema = z
  .object({
    object: z.literal("list"),
    model: z.string(),
    data: z.array(
      z.object({
        object: z.literal("embedding"),
        index: z.int().min(0),
        embedding: z
          .union([z.array(z.number()), z.base64()])
          .describe("A unit vector; as base64 its numbers are f32, the least significant byte first."),
      }),
    ),
    usage: z.object({ prompt_tokens: z.int().min(0), total_tokens: z.int().min(0) }),
  })
  .meta({ id: "Embeddings" })
