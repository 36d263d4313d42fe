import { type EncodedPrompt, encodeForGeneration, IMAGE_TOKEN_INDEX, type ImageInput, type Message } from "@llava/core"
import { ModelError } from "../model-error.ts"
import type { ImageFeatures } from "./image-features.ts"
import { imageUnit } from "./image-unit.ts"
import type { LlavaOptions } from "./llava-settings.ts"
import type { ContextUnit } from "./prompt-cache.ts"

export interface PreparedPrompt {
  /** Token ids, -200 for each image. */
  readonly ids: readonly number[]
  readonly text: string
  readonly stop: readonly string[]
  readonly imageKeys: readonly number[]
  readonly imageTokens: number
  /** Every position of the context, images unrolled. */
  readonly units: readonly ContextUnit[]
}

/**
 * Messages to ids and images, which the caller releases when it is done with them. Errors: "no-encoder" for an image
 * without an encoder, "context-full" for a prompt of more than `maxPrompt` tokens, and those of prompts and images.
 */
export async function preparePrompt(
  options: LlavaOptions,
  images: ImageFeatures | undefined,
  messages: readonly Message[],
  maxPrompt: number,
  signal: AbortSignal | undefined,
): Promise<PreparedPrompt> {
  return (await preparePrompts(options, images, [messages], maxPrompt, signal))[0]!
}

/** The same for several conversations. */
export async function preparePrompts(
  options: LlavaOptions,
  images: ImageFeatures | undefined,
  conversations: readonly (readonly Message[])[],
  maxPrompt: number,
  signal: AbortSignal | undefined,
): Promise<PreparedPrompt[]> {
  const perImage = images?.tokensPerImage ?? 0
  const encoded = conversations.map((messages) => {
    const inputs = imagesOf(messages)
    return { inputs, prompt: encodePrompt(options, messages, { count: inputs.length, perImage, maxPrompt }) }
  })
  const keys = images
    ? await images.load(
        encoded.flatMap(({ inputs }) => inputs),
        signal,
      )
    : []
  let next = 0
  return encoded.map(({ inputs, prompt: { ids, text, stop } }) => {
    const imageKeys = keys.slice(next, next + inputs.length)
    next += inputs.length
    const units = unroll(ids, imageKeys, perImage)
    return { ids, text, stop, imageKeys, imageTokens: inputs.length * perImage, units }
  })
}

function encodePrompt(
  { template, tokenizer, imageStartEnd, imageTokenId, encoder }: LlavaOptions,
  messages: readonly Message[],
  { count, perImage, maxPrompt }: { count: number; perImage: number; maxPrompt: number },
): EncodedPrompt {
  if (count > 0 && !encoder) {
    throw new ModelError("This model has no image encoder; it answers text only.", {
      code: "no-encoder",
      fix: "Leave the image out, or open a LLaVA.",
    })
  }
  const prompt = encodeForGeneration({ messages, template, tokenizer, imageStartEnd, imageTokenId })
  const length = prompt.ids.length + count * (perImage - 1)
  if (length > maxPrompt) {
    throw new ModelError(
      `The prompt has ${length} tokens (${count * perImage} of images); this model takes ${maxPrompt}.`,
      { code: "context-full", fix: "Shorten the conversation, or send fewer images." },
    )
  }
  return prompt
}

function imagesOf(messages: readonly Message[]): ImageInput[] {
  return messages.flatMap(({ content }) =>
    typeof content === "string" ? [] : content.flatMap((part) => (part.type === "image" ? [part.image] : [])),
  )
}

function unroll(ids: readonly number[], imageKeys: readonly number[], perImage: number): ContextUnit[] {
  let image = 0
  return ids.flatMap((id): ContextUnit[] => {
    if (id !== IMAGE_TOKEN_INDEX) return [id]
    const key = imageKeys[image++]!
    return Array.from({ length: perImage }, (_, row) => imageUnit(key, row, perImage))
  })
}
