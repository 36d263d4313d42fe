import type { PackedMatrix } from "../matrix/packed-matrix.ts"
import { gatedLinear } from "../ops/gated-linear.ts"
import { linearTogether } from "../ops/linear-together.ts"
import type { Tensor } from "../tensor/tensor.ts"
import type { Linear } from "./linear.ts"

/** What each layer makes of one input `[..., in]`, in as few dispatches as their weights allow: `[..., out]` each. */
export function forwardTogether<Layers extends readonly [Linear, ...Linear[]]>(
  x: Tensor,
  layers: Layers,
): { [Index in keyof Layers]: Tensor } {
  const packed = layers.map(({ packedOnly }) => packedOnly)
  const outputs = packed.every(isPresent) ? linearTogether(x, packed) : layers.map((layer) => layer.forward(x))
  return outputs as { [Index in keyof Layers]: Tensor }
}

/** silu(gate(x)) * up(x): `[..., in]` -> `[..., out]`, in as few dispatches as the weights allow. */
export function forwardGated(x: Tensor, gate: Linear, up: Linear): Tensor {
  const [packedGate, packedUp] = [gate.packedOnly, up.packedOnly]
  if (packedGate && packedUp) return gatedLinear(x, packedGate, packedUp)
  return up.forward(x, { gate: gate.forward(x) })
}

const isPresent = (matrix: PackedMatrix | undefined): matrix is PackedMatrix => matrix !== undefined
