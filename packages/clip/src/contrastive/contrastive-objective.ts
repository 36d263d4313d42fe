import { type Device, type Parameter, Tensor } from "@llava/tensor"
import type { Clip } from "../zero-shot/clip.ts"
import { contrastiveLoss } from "./contrastive-loss.ts"

/** Pictures with the text that belongs to each. */
export interface ImageTextBatch {
  /** Prepared pixels `[3, size, size]` of each picture. */
  readonly images: readonly Float32Array[]
  /** Token ids of each text, start and end included, padded to one length. */
  readonly texts: readonly (readonly number[])[]
  /** Tokens of each text without its padding; all of them unless given. */
  readonly lengths?: readonly number[] | undefined
}

/** What the loops of @llava/train minimise, for both towers of a CLIP. */
export interface ContrastiveObjective {
  readonly device: Device
  /** As transformers names them: `vision_model.*`, `text_model.*`, the two projections, `logit_scale`. */
  namedParameters(): Iterable<readonly [path: string, parameter: Parameter]>
  terms(batch: ImageTextBatch): number
  loss(batch: ImageTextBatch): Tensor
}

/**
 * Brings pictures and their texts together, and all others of the batch apart. A pair is told from those beside it:
 * micro-batches of a step are problems of their own, so that dividing a step makes it easier.
 */
export function contrastiveObjective({ device, model }: Pick<Clip, "device" | "model">): ContrastiveObjective {
  const { size } = model.vision_model.image
  return {
    device,
    namedParameters: () => model.namedParameters(),
    terms: ({ texts }) => 2 * texts.length,
    loss({ images, texts, lengths }) {
      using scope = device.scope()
      const pixels = new Float32Array(images.length * 3 * size * size)
      for (const [index, image] of images.entries()) pixels.set(image, index * 3 * size * size)
      const ofImages = model.embedImages(Tensor.from(device, pixels, [images.length, 3, size, size])) // [pairs, dim]
      const ofTexts = model.embedText(device, texts, lengths) // [pairs, dim]
      return scope.keep(contrastiveLoss(ofImages, ofTexts, model.logit_scale.tensor))
    },
  }
}
