import { Tensor } from "@llava/tensor"
import type { Objective } from "../objective/objective.ts"
import type { Recipe } from "../recipe/recipe-schema.ts"

export interface AccumulatedLoss {
  /** f32 `[2]` of each micro-batch: summed loss, and terms. */
  readonly losses: readonly Tensor[]
  /** Learned tokens of the step. */
  readonly terms: number
}

/**
 * Forward and backward over the micro-batches of one step. With the weighting "tokens" the gradient is that of the mean
 * over all learned tokens, however the step is divided; with "means" that of the mean of the micro-batches' means.
 */
export function accumulateGradients<Batch>(
  objective: Objective<Batch>,
  batches: readonly Batch[],
  weighting: Recipe["lossWeighting"],
  onBatch?: (index: number) => void,
): AccumulatedLoss {
  const { device } = objective
  const counts = batches.map((batch) => objective.terms(batch))
  const terms = counts.reduce((a, b) => a + b, 0)
  const losses = batches.map((batch, index) => {
    onBatch?.(index)
    using _ = device.scope()
    using tape = device.record()
    const loss = objective.loss(batch) // [2]
    const share = weighting === "tokens" ? terms : counts[index]! * batches.length
    // Without a term there is no share; and text alone, say, does not reach a projector.
    if (counts[index]! > 0 && loss.target) tape.backward(loss, Tensor.from(device, Float32Array.of(1 / share, 0), [2]))
    return loss.retain()
  })
  return { losses, terms }
}
