import { IGNORE_INDEX } from "@llava/core"
import { concat, linearCrossEntropy, type Parameter, slice, Tensor } from "@llava/tensor"

/**
 * `LanguageModel.loss` for a head `[vocabSize, hiddenSize]` (or the tied embedding table): hidden
 * `[batch, tokens, hiddenSize]`, unshifted labels i32 `[batch, tokens]` -> f32 `[2]`, the sum over learned tokens and
 * their number. The logits never exist whole.
 */
export function languageModelLoss(hidden: Tensor, head: Parameter, labels: Tensor): Tensor {
  const { device } = hidden
  using scope = device.scope()
  const [batch, tokens] = labels.shape as [number, number]
  const none = Tensor.from(device, new Int32Array(batch).fill(IGNORE_INDEX), [batch, 1])
  const next = concat([slice(labels, 1, 1, tokens), none], 1) // [batch, tokens]
  const flat = hidden.reshape([batch * tokens, head.shape[1]!]) // [batch * tokens, hiddenSize]
  return scope.keep(linearCrossEntropy(flat, head.value, next.reshape([batch * tokens])))
}
