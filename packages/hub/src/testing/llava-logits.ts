import { IMAGE_TOKEN_INDEX } from "@llava/core"
import { type ImageManifest, type LanguageModel, type Projector, spliceBatch, type VisionEncoder } from "@llava/model"
import { type Device, Tensor } from "@llava/tensor"
import type { Golden } from "./golden.ts"

interface ImageParts {
  encoder: VisionEncoder
  projector: Projector
  selectLayers: ImageManifest["selectLayers"]
  selectFeature: ImageManifest["selectFeature"]
}

/** Image features and the logits of every valid token of a `llava` fixture's batch, one row after the other. */
export async function llavaLogits(
  device: Device,
  golden: Golden,
  { encoder, projector, selectLayers, selectFeature }: ImageParts,
  languageModel: LanguageModel,
): Promise<{ features: Float32Array; logits: Float32Array; expected: Float32Array }> {
  const perImage = Number(golden.json["tokens_per_image"])
  const imageToken = Number(golden.json["image_token"])
  const ids = await golden.rows("input_ids", "attention_mask")
  const rows = ids.map((row) => ({ ids: collapse(row, imageToken, perImage) }))
  const pixels = await golden.floats("pixel_values")
  const run = () => {
    using scope = device.scope()
    const encoded = encoder.encode(Tensor.from(device, pixels, golden.shape("pixel_values")), {
      layers: selectLayers,
      feature: selectFeature,
    })
    const features = projector.project(encoded) // [images, tokens, hiddenSize]
    const { embeddings, lengths } = spliceBatch(languageModel, device, rows, features)
    const hidden = languageModel.forward(embeddings, { lengths })
    return { features: scope.keep(features), logits: scope.keep(languageModel.logits(hidden)) }
  }
  const { features, logits } = run()
  using _ = features
  using __ = logits
  const lengths = ids.map((row) => row.length)
  const width = golden.shape("input_ids")[1]!
  return {
    features: (await features.read()) as Float32Array,
    logits: validRows((await logits.read()) as Float32Array, lengths, Math.max(...lengths), languageModel.vocabSize),
    expected: validRows(await golden.floats("logits"), lengths, width, languageModel.vocabSize),
  }
}

/** Hugging Face repeats the image token once per feature; our prompts have one place per image. */
function collapse(ids: readonly number[], imageToken: number, perImage: number): number[] {
  const result: number[] = []
  for (let at = 0; at < ids.length; at++) {
    if (ids[at] !== imageToken) result.push(ids[at]!)
    else {
      result.push(IMAGE_TOKEN_INDEX)
      at += perImage - 1
    }
  }
  return result
}

function validRows(values: Float32Array, lengths: readonly number[], width: number, vocabSize: number): Float32Array {
  const pieces = lengths.map((length, row) =>
    values.subarray(row * width * vocabSize, (row * width + length) * vocabSize),
  )
  const result = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    result.set(piece, at)
    at += piece.length
  }
  return result
}
