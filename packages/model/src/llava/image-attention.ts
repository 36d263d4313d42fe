import {
  decodeImage,
  encodeForGeneration,
  IMAGE_TOKEN_INDEX,
  type Message,
  normalizeImage,
  prepareImage,
} from "@llava/core"
import { concat, Tensor } from "@llava/tensor"
import { ModelError } from "../model-error.ts"
import { continuationIds } from "./continuation-ids.ts"
import { type ImageView, imageView } from "./image-view.ts"
import type { Llava } from "./llava.ts"

/** A conversation with images, and the answer whose attention is wanted. */
export interface ImageAttentionOptions {
  messages: readonly Message[]
  answer: string
  signal?: AbortSignal
}

/** How the tokens of an answer attended to the patches of the conversation's images. */
export interface ImageAttention {
  tokenIds: number[]
  /** In the order of the conversation: the grid of patches and the part of the picture that it lies over. */
  images: { columns: number; rows: number; view: ImageView }[]
  /**
   * `weights[token][image]`: the share of attention that each patch got, row by row from the top, as the model was about
   * to write the token; averaged over layers and heads. With the text's shares those of a token sum to 1.
   */
  weights: Float32Array[][]
}

/**
 * What a model looks at while it writes an answer. Errors: ModelError "no-attention" for a language model that cannot tell,
 * "no-encoder" without one, "no-image" for a conversation without any, "no-patches" where a projector mixes them,
 * "context-full", and those of prompts and images.
 */
export async function imageAttention(
  model: Llava,
  { messages, answer, signal }: ImageAttentionOptions,
): Promise<ImageAttention> {
  const { languageModel, device, template, tokenizer } = model
  const { imageStartEnd, imageTokenId } = model.options
  if (!languageModel.attentionRows) {
    throw new ModelError(`The language model ${languageModel.modelType} does not tell where it looks.`, {
      code: "no-attention",
      fix: "Give it attentionRows, or open another.",
    })
  }
  const grid = patchGrid(model)
  const images = await readImages(model, messages, signal)
  if (images.length === 0) {
    throw new ModelError("The conversation has no image to look at.", { code: "no-image", fix: "Add one." })
  }
  const prompt = encodeForGeneration({ messages, template, tokenizer, imageStartEnd, imageTokenId })
  const tokenIds = continuationIds(model.options, messages, prompt, answer)
  const places = imagePlaces(prompt.ids, model.tokensPerImage)
  const promptLength = prompt.ids.length + images.length * (model.tokensPerImage - 1)
  const length = promptLength + tokenIds.length - 1
  if (length > languageModel.maxPositions) {
    throw new ModelError(`${length} tokens exceed the model's context of ${languageModel.maxPositions}.`, {
      code: "context-full",
      fix: "Shorten the conversation.",
    })
  }
  using rows = computeRows()
  const values = (await rows.read()) as Float32Array
  const weights = tokenIds.map((_, token) =>
    places.map((start) => {
      const from = token * length + start + grid.skipped
      return values.slice(from, from + grid.edge ** 2)
    }),
  )
  return { tokenIds, images: images.map(({ view }) => ({ columns: grid.edge, rows: grid.edge, view })), weights }

  function computeRows(): Tensor {
    using _ = device.scope()
    const pixels = images.map(({ pixels, size }) => Tensor.from(device, pixels, [1, 3, size, size]))
    const features = concat(
      pixels.map((image) => model.encodeImages(image)),
      0,
    ) // [images, tokensPerImage, hiddenSize]
    const ids = [...prompt.ids, ...tokenIds.slice(0, -1)]
    const { embeddings } = model.splice([{ ids }], features) // [1, length, hiddenSize]
    const asked = tokenIds.map((_, token) => promptLength - 1 + token)
    return languageModel.attentionRows!(embeddings, asked).retain() // [answer tokens, length]
  }
}

/** Patches along an edge, and tokens of an image before the first one. */
function patchGrid({ encoder, projector, options }: Llava): { edge: number; skipped: number } {
  if (!encoder || !projector) {
    throw new ModelError("This model has no image encoder.", { code: "no-encoder", fix: "Open a LLaVA." })
  }
  const feature = options.selectFeature ?? "patch"
  const patches = encoder.tokens("patch")
  const edge = Math.sqrt(patches)
  const mixes = projector.tokensOut(encoder.tokens(feature)) !== encoder.tokens(feature)
  if (!mixes && Number.isInteger(edge)) return { edge, skipped: encoder.tokens(feature) - patches }
  throw new ModelError(`The projector ${projector.constructor.name} does not keep one token for each patch.`, {
    code: "no-patches",
    fix: "Only projectors that map patches one by one can show where the model looks.",
  })
}

interface ReadImage {
  pixels: Float32Array<ArrayBuffer>
  size: number
  view: ImageView
}

async function readImages(
  { encoder, options }: Llava,
  messages: readonly Message[],
  signal: AbortSignal | undefined,
): Promise<ReadImage[]> {
  const spec = options.imageSpec ?? encoder!.image
  const mode = options.imageAspectRatio ?? "square"
  const inputs = messages.flatMap(({ content }) =>
    typeof content === "string" ? [] : content.flatMap((part) => (part.type === "image" ? [part.image] : [])),
  )
  const images: ReadImage[] = []
  for (const input of inputs) {
    signal?.throwIfAborted()
    const decoded = await decodeImage(input, signal ? { signal } : {})
    const prepared = prepareImage(decoded, spec, mode)
    images.push({
      pixels: normalizeImage(prepared, spec),
      size: spec.size,
      view: imageView(decoded, spec, mode),
    })
  }
  return images
}

/** Where the tokens of each image begin, images unrolled. */
function imagePlaces(ids: readonly number[], perImage: number): number[] {
  const places: number[] = []
  let at = 0
  for (const id of ids) {
    if (id === IMAGE_TOKEN_INDEX) places.push(at)
    at += id === IMAGE_TOKEN_INDEX ? perImage : 1
  }
  return places
}
