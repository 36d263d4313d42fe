import type { Tensor } from "../tensor/tensor.ts"
import { GradientLeaf } from "./gradient-leaf.ts"

/**
 * Runs a block without keeping what is computed inside; the backward pass computes it again (gradient checkpointing,
 * Chen et al. 2016). The block must give the same result both times. Without a tape it is an ordinary call.
 */
export function recompute<const Inputs extends readonly Tensor[]>(
  inputs: Inputs,
  block: (...inputs: Inputs) => Tensor,
): Tensor {
  const { device } = inputs[0]!
  if (!device.tape) return block(...inputs)
  const output = device.unrecorded(() => block(...inputs))
  device.tape.record(output, inputs, inputs as readonly Tensor[], (gradient, saved, wanted) => {
    const leaves = wanted.map((yes) => (yes ? new GradientLeaf() : undefined))
    using tape = device.record()
    const again = saved.map((tensor, index) => {
      const input = tensor.reshape(tensor.shape)
      input.target = leaves[index]
      return input
    })
    const repeated = block(...(again as readonly Tensor[] as Inputs))
    if (repeated.target) tape.backward(repeated, gradient)
    return leaves.map((leaf) => {
      using taken = leaf
      return taken?.gradient?.reshape(taken.gradient.shape)
    })
  })
  return output
}
