import { expectShape, recordGradient, Tensor, TensorError, workgroupGrid } from "@llava/tensor"
import { tokenWiseBackwardKernel, tokenWiseKernel } from "./token-wise-kernels.ts"

/**
 * How alike pictures and texts are, token by token (FILIP: Yao et al. 2022): every patch is matched with the word most
 * like it, every word with the patch most like it, and the similarities are averaged.
 *
 * `products` f32 `[images, patches, texts, words]` of unit vectors, and `wordCounts` i32 `[texts]`, at least 1: words past
 * a text's count are padding -> f32 `[2, images, texts]`: means over patches, then means over words. Images and texts are
 * as many. The gradient goes to the first of equal maxima. Errors: "shape-mismatch".
 */
export function tokenWiseSimilarity(products: Tensor, wordCounts: Tensor): Tensor {
  const { device } = products
  const [images, patches, texts, words] = products.shape
  if (images === undefined || patches === undefined || texts === undefined || words === undefined) {
    throw new TensorError(`tokenWiseSimilarity: products of shape [${products.shape}].`, { code: "shape-mismatch" })
  }
  expectShape("tokenWiseSimilarity", "wordCounts", wordCounts.shape, [texts])
  const similarities = Tensor.empty(device, [2, images, texts])
  const params = [images * texts, texts, patches, words]
  const workgroups = workgroupGrid(device, Math.ceil((images * texts) / 64))
  device.run(tokenWiseKernel, {
    bindings: [products.buffer, wordCounts.buffer, similarities.buffer],
    params,
    workgroups,
  })
  return recordGradient(similarities, [products], [products, wordCounts], (gradient, [products, wordCounts]) => {
    const change = Tensor.empty(device, products.shape)
    device.run(tokenWiseBackwardKernel, {
      bindings: [products.buffer, wordCounts.buffer, gradient.buffer, change.buffer],
      params,
      workgroups,
    })
    return [change]
  })
}

/** `tokenWiseSimilarity` in float64. */
export function tokenWiseSimilarityReference(
  products: ArrayLike<number>,
  [images, patches, texts, words]: readonly [number, number, number, number],
  wordCounts: readonly number[],
): Float64Array {
  const found = new Float64Array(2 * images * texts)
  for (let image = 0; image < images; image++) {
    for (let text = 0; text < texts; text++) {
      const count = wordCounts[text]!
      const at = (patch: number, word: number) => products[((image * patches + patch) * texts + text) * words + word]!
      const patchIndices = Array.from({ length: patches }, (_, patch) => patch)
      const wordIndices = Array.from({ length: count }, (_, word) => word)
      const overPatches = patchIndices.map((patch) => Math.max(...wordIndices.map((word) => at(patch, word))))
      const overWords = wordIndices.map((word) => Math.max(...patchIndices.map((patch) => at(patch, word))))
      found[image * texts + text] = overPatches.reduce((a, b) => a + b, 0) / patches
      found[(images + image) * texts + text] = overWords.reduce((a, b) => a + b, 0) / count
    }
  }
  return found
}
