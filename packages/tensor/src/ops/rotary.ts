import { recordGradient } from "../autograd/record-gradient.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { rotaryKernel } from "../kernels/rotary.ts"
import type { RopeTable } from "../rope/rope-table.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

/** The bits of a quiet NaN, handed to kernels as a number: WGSL has no literal for it. */
export const NAN_BITS = 0x7fc00000

/**
 * Rotary position embedding (Su et al. 2021) in the half-split layout of Hugging Face: dimension i turns with
 * i + rotaryDim / 2. x f32 `[batch, tokens, heads, headSize]`, positions i32 `[batch, tokens]` -> the shape of x.
 * A position outside the table gives NaN.
 */
export function rotary(x: Tensor, table: RopeTable, positions: Tensor): Tensor {
  const [batch = 0, tokens = 0, heads = 0] = x.shape
  expectDtype("rotary", "x", x, "f32")
  expectShape("rotary", "x", x.shape, [batch, tokens, heads, table.headSize])
  expectShape("rotary", "positions", positions.shape, [batch, tokens])
  expectDtype("rotary", "positions", positions, "i32")
  const rotated = turn(x, table, positions, 1)
  return recordGradient(rotated, [x], [positions], (gradient, [positions]) => [turn(gradient, table, positions, -1)])
}

/** Rotates forward, or back by the same angles: the transpose of a rotation is its inverse. */
function turn(x: Tensor, table: RopeTable, positions: Tensor, direction: 1 | -1): Tensor {
  const [batch, tokens, heads] = x.shape as [number, number, number, number]
  const rotated = Tensor.empty(x.device, x.shape)
  const { vector, halfUnits, headUnits } = rotaryUnits(table)
  x.device.run(rotaryKernel({ query: true, cache: false, vector }), {
    bindings: [table.values.buffer, positions.buffer, x.buffer, rotated.buffer],
    params: [tokens, batch * tokens, heads, 0, halfUnits, headUnits, table.maxPositions, 0, 0, NAN_BITS, direction],
    workgroups: workgroupGrid(x.device, batch * tokens),
  })
  return rotated
}

/** How the rotary kernels divide a head: by fours where both its halves allow it. */
export function rotaryUnits(table: RopeTable): { vector: boolean; halfUnits: number; headUnits: number } {
  const { headSize, rotaryDim } = table
  const vector = rotaryDim % 8 === 0 && headSize % 4 === 0
  const width = vector ? 4 : 1
  return { vector, halfUnits: rotaryDim / 2 / width, headUnits: headSize / width }
}

/** `rotary` of one head at one position in float64, given the table's cosines and sines of that position. */
export function rotaryReference(
  head: ArrayLike<number>,
  cosines: ArrayLike<number>,
  sines: ArrayLike<number>,
): Float64Array {
  const half = cosines.length
  const rotated = Float64Array.from(head)
  for (let i = 0; i < half; i++) {
    rotated[i] = head[i]! * cosines[i]! - head[i + half]! * sines[i]!
    rotated[i + half] = head[i + half]! * cosines[i]! + head[i]! * sines[i]!
  }
  return rotated
}
