import { gatherRows, linear, type Parameter, Tensor } from "@llava/tensor"

/**
 * `LanguageModel.logits` for a head `[vocabSize, hiddenSize]` (or the tied embedding table): hidden
 * `[batch, tokens, hiddenSize]` -> `[rows, vocabSize]`, of the given flattened tokens or all.
 */
export function languageModelLogits(hidden: Tensor, head: Parameter, rows?: readonly number[]): Tensor {
  const { device } = hidden
  using scope = device.scope()
  const flat = hidden.reshape([-1, head.shape[1]!]) // [batch * tokens, hiddenSize]
  const chosen = rows ? gatherRows(flat, Tensor.from(device, Int32Array.from(rows), [rows.length])) : flat
  return scope.keep(linear(chosen, head.value))
}
