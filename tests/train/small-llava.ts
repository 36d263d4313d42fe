import { clipVision } from "@llava/clip"
import { findTemplate } from "@llava/core"
import { llama } from "@llava/llama"
import { composeLlava, type Llava, loadEncoder, loadParts, newProjector } from "@llava/model"
import { mlpProjector } from "@llava/projector"
import type { Device } from "@llava/tensor"
import { byteTokenizer } from "../support/byte-tokenizer.ts"
import { fixturePath } from "../support/fixtures.ts"

/**
 * A new LLaVA of the smallest encoder and language model among the fixtures, quick to train: 320 words, of which the
 * bytes are 256, 16 tokens for an image, 128 positions. Its weights are the same each time.
 */
export async function smallLlava(device: Device): Promise<Llava> {
  const options = { device, parts: [clipVision, mlpProjector, llama], dtype: "f32" } as const
  const language = await loadParts(fixturePath("llama-gqa-tied/model"), options)
  const vision = await loadEncoder(fixturePath("clip-vision/model"), options)
  const made = await newProjector("mlp2x_gelu", {
    ...options,
    featureSize: vision.encoder.featureSize,
    hiddenSize: language.languageModel.hiddenSize,
  })
  return composeLlava({
    device,
    encoder: vision.encoder,
    projector: made.projector,
    languageModel: language.languageModel,
    tokenizer: byteTokenizer(),
    template: findTemplate("plain"),
    imageSpec: vision.imageSpec,
    source: {
      languageModel: language.sources.languageModel,
      encoder: vision.source,
      projector: made.source,
    },
  })
}
