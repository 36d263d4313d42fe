import { type ImageInput, preprocessImage } from "@llava/core"
import { Tensor } from "@llava/tensor"
import type { LlavaOptions } from "../llava/llava-settings.ts"
import { ModelError } from "../model-error.ts"

/** What an encoder makes of a picture as a whole. */
export type ImageSummary = Float64Array

/** Pictures that go through the encoder together. */
const BATCH = 32

/**
 * One row of numbers for each picture: of the hidden states that the projector reads, the class token (where the encoder
 * has one), then the mean over patches. Errors: ModelError "no-encoder", those of decoding, the signal's reason.
 */
export async function summarizeImages(
  model: { readonly options: LlavaOptions },
  images: readonly ImageInput[],
  { signal }: { signal?: AbortSignal } = {},
): Promise<ImageSummary[]> {
  const { device, encoder, imageSpec = encoder?.image, imageAspectRatio = "square", selectLayers } = model.options
  if (!encoder || !imageSpec) throw new ModelError("This model has no image encoder.", { code: "no-encoder" })
  const { size } = imageSpec
  const summaries: ImageSummary[] = []
  for (let begin = 0; begin < images.length; begin += BATCH) {
    signal?.throwIfAborted()
    const some = images.slice(begin, begin + BATCH)
    const pixels = new Float32Array(some.length * 3 * size * size)
    for (const [index, image] of some.entries()) {
      pixels.set(await preprocessImage(image, imageSpec, imageAspectRatio), index * 3 * size * size)
    }
    using batch = Tensor.from(device, pixels, [some.length, 3, size, size])
    using states = encoder.encode(batch, { ...(selectLayers && { layers: selectLayers }), feature: "cls_patch" })
    const values = (await states.read()) as Float32Array // [images, tokens, features]
    const [, tokens, features] = states.shape as [number, number, number]
    const first = tokens - encoder.tokens("patch")
    for (let index = 0; index < some.length; index++) {
      summaries.push(
        summaryOf(values.subarray(index * tokens * features, (index + 1) * tokens * features), features, first),
      )
    }
  }
  return summaries
}

/** `states` `[tokens, features]`, of which the first `first` are no patches. */
function summaryOf(states: Float32Array, features: number, first: number): ImageSummary {
  const summary = new Float64Array((first + 1) * features)
  summary.set(states.subarray(0, first * features))
  const patches = states.length / features - first
  for (let at = first * features; at < states.length; at++)
    summary[first * features + (at % features)]! += states[at]! / patches
  return summary
}
