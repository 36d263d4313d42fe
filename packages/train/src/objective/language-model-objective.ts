import { IGNORE_INDEX } from "@llava/core"
import type { Llava } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { countTokens } from "../data/count-tokens.ts"
import { lengthLimit } from "../data/length-limit.ts"
import type { PreparedSample } from "../data/prepared-sample.ts"
import type { Objective } from "./objective.ts"
import { type PackedRow, packRows } from "./pack-rows.ts"

export interface LanguageModelObjectiveOptions {
  /** Tokens, image tokens included, at which samples are cut; the model's own limit unless given. */
  maxLength?: number | undefined
  /** Keep only the input of each block for the way back, and compute the rest again. */
  recompute?: boolean
  /** Put several samples into one row, as far as the length limit allows. */
  packing?: boolean
  /** Images of samples are what `FrozenFeatures` makes of them, instead of pixels. */
  encoded?: boolean
  /** What stands in the place of images, instead of what the model's encoder and projector make of them. */
  pictures?: Pictures | undefined
}

/** Anything that becomes embeddings where a sample has an image. */
export interface Pictures {
  /** Tokens of each. */
  readonly tokens: number
  /** `images` of all samples in order -> `[images, tokens, hiddenSize]` */
  features(images: readonly Float32Array[]): Tensor
}

/** Predict the learned tokens of conversations about images: the loss of both stages (Liu et al. 2023). */
export function languageModelObjective(
  model: Llava,
  { maxLength, recompute = false, packing = false, encoded = false, pictures }: LanguageModelObjectiveOptions = {},
): Objective<readonly PreparedSample[]> {
  const { device, languageModel } = model
  const { tokens: tokensPerImage, features: featuresOf } = pictures ?? {
    tokens: model.tokensPerImage,
    features: (images: readonly Float32Array[]) => imageFeatures(model, images, encoded),
  }
  const limit = lengthLimit(model, maxLength)
  return {
    device,
    namedParameters: () => model.namedParameters(),
    terms: (batch) => batch.reduce((sum, sample) => sum + countTokens(sample, tokensPerImage, limit).learned, 0),
    loss(batch) {
      using scope = device.scope()
      const packed = packRows(batch, { tokensPerImage, limit, packing })
      const images = packed.flatMap(({ images }) => images)
      const features = images.length > 0 ? featuresOf(images) : undefined
      const { embeddings, labels, lengths } = model.splice(packed, features, limit) // [rows, tokens, hiddenSize]
      const [rows, tokens] = embeddings.shape as [number, number, number]
      const places = packing ? samplePlaces(packed, tokens) : undefined
      const integers = (values: Int32Array) => Tensor.from(device, values, [rows, tokens])
      const hidden = languageModel.forward(embeddings, {
        lengths,
        recompute,
        ...(places && { positions: integers(places.positions), segments: integers(places.segments) }),
      }) // [rows, tokens, hiddenSize]
      return scope.keep(languageModel.loss(hidden, integers(labels), beforeLearned(labels, tokens)))
    },
  }
}

/** Of the labels `[rows, tokens]`, which flattened tokens have a learned one behind them in their row. */
function beforeLearned(labels: Int32Array, tokens: number): number[] {
  const learned: number[] = []
  for (const [at, label] of labels.entries()) if (label !== IGNORE_INDEX && at % tokens > 0) learned.push(at - 1)
  return learned
}

/** Where tokens stand in their sample, and which sample of the row that is; `[rows, tokens]`. */
function samplePlaces(rows: readonly PackedRow[], tokens: number): { positions: Int32Array; segments: Int32Array } {
  const positions = new Int32Array(rows.length * tokens)
  const segments = new Int32Array(rows.length * tokens).fill(-1)
  for (const [row, { lengths }] of rows.entries()) {
    let begin = 0
    for (const [segment, length] of lengths.entries()) {
      const end = Math.min(begin + length, tokens)
      for (let token = begin; token < end; token++) {
        positions[row * tokens + token] = token - begin
        segments[row * tokens + token] = segment
      }
      begin = end
    }
  }
  return { positions, segments }
}

/** Projected: `[images, tokensPerImage, hiddenSize]`. */
function imageFeatures(model: Llava, images: readonly Float32Array[], encoded: boolean): Tensor {
  const { device, projector, encoder, options } = model
  const all = new Float32Array(images.length * images[0]!.length)
  for (const [index, values] of images.entries()) all.set(values, index * values.length)
  if (!encoded) {
    const size = Math.sqrt(images[0]!.length / 3)
    return model.encodeImages(Tensor.from(device, all, [images.length, 3, size, size]))
  }
  const tokens = encoder!.tokens(options.selectFeature ?? "patch")
  return projector!.project(Tensor.from(device, all, [images.length, tokens, images[0]!.length / tokens]))
}
