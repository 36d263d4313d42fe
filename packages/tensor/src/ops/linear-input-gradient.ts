import { ROW_GRANULE } from "../kernels/weight-parts.ts"
import { PackedMatrix } from "../matrix/packed-matrix.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { add } from "./add.ts"
import { denseRows } from "./dense-rows.ts"
import { matmul } from "./matmul.ts"
import { slice } from "./slice.ts"

/** Elements of a packed matrix that are unpacked at once. */
const UNPACKED_ELEMENTS = 16 * 2 ** 20

/**
 * gradient · W: how the input of `linear` counts. gradient `[rows, out]`, weight `[out, in]` -> `[rows, in]`. Weights
 * that are stored packed are unpacked a part at a time.
 */
export function linearInputGradient(gradient: Tensor, weight: Tensor | PackedMatrix): Tensor {
  const [out, inputs] = weight.shape as [number, number]
  const { limits } = gradient.device
  const elements = Math.min(UNPACKED_ELEMENTS, limits.maxStorageBufferBindingSize / 4)
  const step = Math.max(ROW_GRANULE, Math.floor(elements / inputs / ROW_GRANULE) * ROW_GRANULE)
  const whole = !(weight instanceof PackedMatrix) && out * inputs * 4 <= limits.maxStorageBufferBindingSize
  if (whole || out <= step) return matmul(gradient, denseRows(weight, 0, out))
  let sum: Tensor | undefined
  for (let begin = 0; begin < out; begin += step) {
    const end = Math.min(out, begin + step)
    using scope = gradient.device.scope()
    const part = matmul(slice(gradient, 1, begin, end), denseRows(weight, begin, end)) // [rows, in]
    const before = sum
    sum = scope.keep(before ? add(before, part) : part)
    before?.dispose()
  }
  return sum!
}
