import { slice, type Tensor } from "@llava/tensor"
import type { ImageFeatures } from "./image-features.ts"
import type { LlavaOptions } from "./llava-settings.ts"
import type { PreparedPrompt } from "./prepared-prompt.ts"
import type { CachedContext } from "./prompt-cache.ts"
import { spliceBatch } from "./splice-batch.ts"

/**
 * Runs what a context does not hold yet of a prompt through the language model; the context then holds all of it.
 * -> final hidden states `[1, new tokens, hiddenSize]`
 */
export function prefill(
  { device, languageModel }: LlavaOptions,
  images: ImageFeatures | undefined,
  prompt: PreparedPrompt,
  context: CachedContext,
): Tensor {
  using scope = device.scope()
  const features = prompt.imageKeys.length > 0 ? images!.features(prompt.imageKeys) : undefined
  const { embeddings } = spliceBatch(languageModel, device, [{ ids: prompt.ids }], features)
  const fresh = slice(embeddings, 1, context.units.length, prompt.units.length) // [1, new tokens, hiddenSize]
  const hidden = languageModel.forward(fresh, { cache: context.cache })
  context.units.push(...prompt.units.slice(context.units.length))
  return scope.keep(hidden)
}
