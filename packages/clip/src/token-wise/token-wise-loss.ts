import { add, concat, exp, logSoftmax, matmul, multiply, scale, slice, sum, Tensor, transpose } from "@llava/tensor"
import { tokenWiseSimilarity } from "./token-wise-similarity.ts"

export interface TokenWiseLossInput {
  /** Unit vectors f32 `[pairs, patches, dim]`. */
  patches: Tensor
  /** Unit vectors f32 `[pairs, words, dim]`. */
  words: Tensor
  /** i32 `[pairs]`: words of each text before its padding, at least 1. */
  wordCounts: Tensor
  /** f32 `[]`: similarities are multiplied by its exponential. */
  logitScale: Tensor
}

/**
 * The contrastive loss over token-wise similarities (FILIP: Yao et al. 2022): every image must choose its own text among
 * all of the batch by its patches, and every text its own image by its words. Row i of both belongs together.
 *
 * f32 `[2]`: the sum of -log p(own) over both directions, and its number of terms, 2 * pairs. Gradients reach patches,
 * words and scale. Errors: tensor's "shape-mismatch".
 */
export function tokenWiseLoss({ patches, words, wordCounts, logitScale }: TokenWiseLossInput): Tensor {
  const { device } = patches
  using scope = device.scope()
  const [pairs, patchCount, dim] = patches.shape as [number, number, number]
  const wordsPerText = words.shape[1]!
  const products = matmul(
    patches.reshape([pairs * patchCount, dim]),
    words.reshape([words.shape[0]! * wordsPerText, dim]),
    { transposeB: true },
  ).reshape([pairs, patchCount, words.shape[0]!, wordsPerText])
  const logits = multiply(tokenWiseSimilarity(products, wordCounts), exp(logitScale)) // [2, images, texts]
  const own = new Float32Array(2 * pairs * pairs)
  for (let i = 0; i < 2 * pairs; i++) own[i * pairs + (i % pairs)] = 1
  const mask = Tensor.from(device, own, [2, pairs, pairs])
  // The means over patches choose among texts, those over words among images.
  const [byPatches, byWords] = halves(logits, pairs)
  const chosen = concat([logSoftmax(byPatches), logSoftmax(transpose(byWords, [1, 0]))], 0).reshape([2, pairs, pairs])
  const loss = scale(sum(multiply(chosen, mask)), -1).reshape([1])
  const pad = concat([loss, Tensor.zeros(device, [1])], 0) // [2]
  return scope.keep(add(pad, Tensor.from(device, Float32Array.of(0, 2 * pairs), [2])))
}

function halves(logits: Tensor, pairs: number): [Tensor, Tensor] {
  const rows = logits.reshape([2, pairs * pairs])
  const half = (index: number) => slice(rows, 0, index, index + 1).reshape([pairs, pairs])
  return [half(0), half(1)]
}
