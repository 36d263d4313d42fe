import { decodeImage, type RgbImage } from "@llava/core"
import type { Context } from "hono"
import { modelOf } from "../chat/model-of.ts"
import { refuseUnsupported } from "../chat/refuse-unsupported.ts"
import type { Embedder } from "../contract/embedder.ts"
import { ApiError } from "../error/api-error.ts"
import { readJson } from "../http/read-json.ts"
import { requestSignal } from "../http/request-signal.ts"
import { readImage } from "../images/read-image.ts"
import { type EmbeddingItem, embeddingsReplySchema, embeddingsRequestSchema } from "../schema/embeddings.ts"
import type { RequestVariables, ServerContext } from "../server-context.ts"

/** `POST /v1/embeddings`: images and texts as unit vectors of one space. */
export async function embeddings(server: ServerContext, c: Context<RequestVariables>): Promise<Response> {
  const { limits } = server
  server.refuseWhenStopping()
  const request = await readJson(c, embeddingsRequestSchema, limits)
  refuseUnsupported(request)
  const { id, embedder, queue } = modelOf(server.embedders, request.model, "model for embeddings")
  const items = Array.isArray(request.input) ? request.input : [request.input]
  checkLimits(items, limits)
  using deadline = requestSignal(c.req.raw, limits.seconds)
  const { signal } = deadline
  using place = queue.admit(c.get("client"), 1)[0]!
  const source = server.imageSource(c.get("owner"))
  const inputs: (string | Uint8Array)[] = []
  for (const [index, item] of items.entries()) {
    const param = Array.isArray(request.input) ? `input[${index}]` : "input"
    inputs.push(isImage(item) ? await readImage(item.image, { source, limits, param, signal }) : textOf(item))
  }
  await place.turn(signal)
  const vectors = await embed(embedder, inputs, limits.imagePixels, signal)
  const tokens = inputs
    .filter((input) => typeof input === "string")
    .reduce((sum, text) => sum + embedder.tokenizer.encode(text).length, 0)
  const encode = request.encoding_format === "base64" ? base64 : (vector: Float32Array) => [...vector]
  return c.json(
    embeddingsReplySchema.parse({
      object: "list",
      model: id,
      data: vectors.map((vector, index) => ({ object: "embedding", index, embedding: encode(vector) })),
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    }),
  )
}

function checkLimits(items: readonly EmbeddingItem[], limits: ServerContext["limits"]): void {
  const images = items.filter(isImage).length
  const characters = items.reduce((sum, item) => sum + (isImage(item) ? 0 : textOf(item).length), 0)
  if (items.length <= limits.inputs && images <= limits.images && characters <= limits.promptCharacters) return
  throw new ApiError(`The input has ${items.length} items, ${images} of them images, and ${characters} characters.`, {
    status: 400,
    code: "invalid_value",
    param: "input",
    fix: `The limits are ${limits.inputs}, ${limits.images} and ${limits.promptCharacters}: send several requests.`,
  })
}

/** Texts together, images one by one, in the order of the inputs. */
async function embed(
  embedder: Embedder,
  inputs: readonly (string | Uint8Array)[],
  maxPixels: number,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const texts = await embedder.embedTexts(
    inputs.filter((input) => typeof input === "string"),
    signal,
  )
  let next = 0
  const vectors: Float32Array[] = []
  for (const input of inputs) {
    if (typeof input === "string") vectors.push(texts[next++]!)
    else {
      const image: RgbImage = await decodeImage(input, { maxPixels, signal })
      vectors.push((await embedder.embedImages([image], signal))[0]!)
    }
  }
  return vectors
}

function isImage(item: EmbeddingItem): item is { image: string } {
  return typeof item === "object" && "image" in item
}

function textOf(item: Exclude<EmbeddingItem, { image: string }>): string {
  return typeof item === "string" ? item : item.text
}

function base64(vector: Float32Array): string {
  const view = new DataView(new ArrayBuffer(vector.length * 4))
  for (const [index, value] of vector.entries()) view.setFloat32(index * 4, value, true)
  return btoa(Array.from(new Uint8Array(view.buffer), (byte) => String.fromCharCode(byte)).join(""))
}
