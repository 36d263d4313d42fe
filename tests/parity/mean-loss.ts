import type { LanguageModel } from "@llava/model"
import type { Tensor } from "@llava/tensor"
import { readAll } from "./read-all.ts"

/** Mean loss over the learned tokens, as PyTorch's cross-entropy gives it. */
export async function meanLoss(
  languageModel: LanguageModel,
  compute: () => { hidden: Tensor; labels: Tensor },
  device: Tensor["device"],
): Promise<Float32Array> {
  const [result] = await readAll(device, () => {
    const { hidden, labels } = compute()
    return [languageModel.loss(hidden, labels)] // [2]: sum and count
  })
  const [sum, count] = result as unknown as [number, number]
  return Float32Array.of(sum / count)
}
