import { matvecTogether } from "../kernels/matvec-together.ts"
import { matvecTogetherKernel } from "../kernels/matvec-together-lanes.ts"
import type { PackedMatrix } from "../matrix/packed-matrix.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { Tensor } from "../tensor/tensor.ts"
import { linear } from "./linear.ts"

/**
 * x·Wᵀ for each weight `[out, in]`, as `linear` would give it: in one dispatch for a single row on a processor, where
 * dispatches are dear, and in one each elsewhere. x `[..., in]` f32 -> `[..., out]` f32 for each. Errors: as `linear`.
 */
export function linearTogether(x: Tensor, weights: readonly PackedMatrix[]): Tensor[] {
  expectDtype("linearTogether", "x", x, "f32")
  const together = matvecTogether(x, weights, weights.length)
  if (!together) return weights.map((weight) => linear(x, weight))
  const { kind, lanes, groups, bindings } = together
  const columns = weights.map(({ shape }) => shape[0])
  const outputs = columns.map((count) => Tensor.empty(x.device, [...x.shape.slice(0, -1), count]))
  x.device.run(matvecTogetherKernel({ kind, lanes, count: weights.length }), {
    bindings: [x.buffer, ...bindings, ...outputs.map(({ buffer }) => buffer)],
    params: [x.shape.at(-1)!, groups, ...columns],
    workgroups: [columns.reduce((sum, count) => sum + Math.ceil(count / (4 * lanes)), 0)],
  })
  return outputs
}
