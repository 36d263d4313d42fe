import { encodeForGeneration, IMAGE_TOKEN_INDEX, type ImageInput, type Message } from "@llava/core"
import { ModelError } from "../model-error.ts"
import type { ImageFeatures } from "./image-features.ts"
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
 * Messages to ids and encoded images. Errors: "no-encoder" for an image without an encoder, "context-full" for a
 * prompt of more than `maxPrompt` tokens, and those of prompts and images.
 */
export async function preparePrompt(
  options: LlavaOptions,
  images: ImageFeatures | undefined,
  messages: readonly Message[],
  maxPrompt: number,
  signal: AbortSignal | undefined,
): Promise<PreparedPrompt> {
  const inputs = imagesOf(messages)
  if (inputs.length > 0 && !images) {
    throw new ModelError("This model has no image encoder; it answers text only.", {
      code: "no-encoder",
      fix: "Leave the image out, or open a LLaVA.",
    })
  }
  const { template, tokenizer, imageStartEnd, imageTokenId } = options
  const prompt = encodeForGeneration({ messages, template, tokenizer, imageStartEnd, imageTokenId })
  const perImage = images?.tokensPerImage ?? 0
  const length = prompt.ids.length + inputs.length * (perImage - 1)
  if (length > maxPrompt) {
    throw new ModelError(
      `The prompt has ${length} tokens (${inputs.length * perImage} of images); this model takes ${maxPrompt}.`,
      { code: "context-full", fix: "Shorten the conversation, or send fewer images." },
    )
  }
  const imageKeys = images ? await images.load(inputs, signal) : []
  return {
    ids: prompt.ids,
    text: prompt.text,
    stop: prompt.stop,
    imageKeys,
    imageTokens: inputs.length * perImage,
    units: unroll(prompt.ids, imageKeys, perImage),
  }
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
    const key = imageKeys[image++]
    return Array.from({ length: perImage }, (_, row) => `${key}/${row}`)
  })
}
