import { IGNORE_INDEX } from "@llava/core"
import { concat, gatherRows, linear, linearCrossEntropy, type Parameter, slice, Tensor } from "@llava/tensor"
import type { LanguageModel } from "../contract/language-model.ts"

/**
 * `logits` and `loss` of a language model whose last layer is a matrix `[vocabSize, hiddenSize]` without bias: an
 * `lm_head`, or the embedding table where the two are tied.
 */
export function languageModelHead(head: Parameter): Pick<LanguageModel, "logits" | "loss"> {
  const hiddenSize = head.shape[1]!
  return {
    logits(hidden, rows) {
      const { device } = hidden
      using scope = device.scope()
      const flat = hidden.reshape([-1, hiddenSize]) // [batch * tokens, hiddenSize]
      const chosen = rows ? gatherRows(flat, Tensor.from(device, Int32Array.from(rows), [rows.length])) : flat
      return scope.keep(linear(chosen, head.value))
    },
    loss(hidden, labels, rows) {
      const { device } = hidden
      using scope = device.scope()
      const [batch, tokens] = labels.shape as [number, number]
      const none = Tensor.from(device, new Int32Array(batch).fill(IGNORE_INDEX), [batch, 1])
      const next = concat([slice(labels, 1, 1, tokens), none], 1) // [batch, tokens]
      const flat = hidden.reshape([batch * tokens, hiddenSize])
      const targets = next.reshape([batch * tokens])
      if (!rows) return scope.keep(linearCrossEntropy(flat, head.value, targets))
      const index = Tensor.from(device, Int32Array.from(rows), [rows.length])
      const chosen = gatherRows(targets.reshape([batch * tokens, 1]), index).reshape([rows.length])
      return scope.keep(linearCrossEntropy(gatherRows(flat, index), head.value, chosen)) // [2]
    },
  }
}
