import { type Device, Tensor } from "@llava/tensor"
import type { ContrastiveObjective, ImageTextBatch } from "../contrastive/contrastive-objective.ts"
import type { TokenWiseClip } from "./token-wise-clip.ts"

/**
 * What the loops of @llava/train minimise for a `TokenWiseClip`: each picture's patches against the content words of all
 * texts of the batch. Texts are ids of words, without start, end or padding.
 */
export function tokenWiseObjective(model: TokenWiseClip, device: Device): ContrastiveObjective {
  const { size } = model.vision_model.image
  return {
    device,
    namedParameters: () => model.namedParameters(),
    terms: ({ texts }) => 2 * texts.length,
    loss({ images, texts }: ImageTextBatch) {
      using scope = device.scope()
      const pixels = new Float32Array(images.length * 3 * size * size)
      for (const [index, image] of images.entries()) pixels.set(image, index * 3 * size * size)
      return scope.keep(model.loss(Tensor.from(device, pixels, [images.length, 3, size, size]), texts))
    },
  }
}
