import { add, exp, linearCrossEntropy, multiply, Tensor } from "@llava/tensor"

/**
 * The symmetric contrastive loss of CLIP (Radford et al. 2021): every image must choose its own text among all of the
 * batch, and every text its own image. The logits are cosines times exp(logitScale); they never exist whole.
 *
 * Unit vectors `images` and `texts` `[pairs, dim]`, where row i of both belongs together, and `logitScale` `[]`, all f32
 * -> f32 `[2]`: the sum of -log p(own) over both directions, and its number of terms, 2 * pairs. Gradients reach all
 * three. Errors: tensor's "shape-mismatch" where there are not as many images as texts.
 */
export function contrastiveLoss(images: Tensor, texts: Tensor, logitScale: Tensor): Tensor {
  const { device } = images
  using scope = device.scope()
  const pairs = images.shape[0]!
  const own = Tensor.from(
    device,
    Int32Array.from({ length: pairs }, (_, i) => i),
    [pairs],
  )
  const factor = exp(logitScale) // []
  const ofImages = linearCrossEntropy(multiply(images, factor), texts, own) // [2]
  const ofTexts = linearCrossEntropy(multiply(texts, factor), images, own) // [2]
  return scope.keep(add(ofImages, ofTexts))
}
