import { matvecTogether } from "../kernels/matvec-together.ts"
import { matvecGatedKernel } from "../kernels/matvec-together-lanes.ts"
import type { PackedMatrix } from "../matrix/packed-matrix.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { linear } from "./linear.ts"

/**
 * silu(x·Gᵀ) * (x·Uᵀ), the first half of a gated feed-forward block: in one dispatch for a single row on a processor,
 * where dispatches are dear, else in two. x `[..., in]` f32, gate and up `[out, in]` -> `[..., out]` f32. Errors: as
 * `linear`.
 */
export function gatedLinear(x: Tensor, gate: PackedMatrix, up: PackedMatrix): Tensor {
  expectDtype("gatedLinear", "x", x, "f32")
  expectShape("gatedLinear", "up", up.shape, gate.shape)
  const together = matvecTogether(x, [gate, up], 1)
  if (!together) {
    using gated = linear(x, gate)
    return linear(x, up, { gate: gated })
  }
  const { kind, lanes, groups, bindings } = together
  const [columns, k] = gate.shape
  const y = Tensor.empty(x.device, [...x.shape.slice(0, -1), columns])
  x.device.run(matvecGatedKernel({ kind, lanes }), {
    bindings: [x.buffer, ...bindings, y.buffer],
    params: [k, groups, columns],
    workgroups: [Math.ceil(columns / (4 * lanes))],
  })
  return y
}
