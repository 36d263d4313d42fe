import { TensorError } from "../error/tensor-error.ts"
import { PackedMatrix } from "../matrix/packed-matrix.ts"
import { add } from "../ops/add.ts"
import { denseRows } from "../ops/dense-rows.ts"
import { scale } from "../ops/scale.ts"
import type { Tensor } from "../tensor/tensor.ts"
import type { Parameter } from "./parameter.ts"

/** weight += factor * delta, both `[out, in]`; the weight becomes dense f32. Errors: "quantised". */
export function addToWeight(weight: Parameter, delta: Tensor, factor: 1 | -1): void {
  const { value } = weight
  if (value instanceof PackedMatrix && value.format.startsWith("q")) {
    throw new TensorError(
      `A matrix of shape [${value.shape}] is quantised as ${value.format}: nothing is added to it.`,
      {
        code: "quantised",
        fix: "Load the model with dtype f32 or f16 to merge adapters.",
      },
    )
  }
  const { device } = delta
  using scope = device.scope()
  device.unrecorded(() => {
    const dense = denseRows(value, 0, value.shape[0]!)
    weight.set(scope.keep(add(dense, factor === 1 ? delta : scale(delta, -1))))
  })
}
