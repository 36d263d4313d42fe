import { isRecorded } from "../autograd/is-recorded.ts"
import { recordGradient } from "../autograd/record-gradient.ts"
import { TensorError } from "../error/tensor-error.ts"
import type { Activation } from "../kernels/activations.ts"
import { activationReference } from "../kernels/activations.ts"
import { runProduct } from "../kernels/run-product.ts"
import { turnedOperand } from "../kernels/turned-operand.ts"
import { weightOperand, weightShape } from "../kernels/weight-parts.ts"
import type { PackedMatrix } from "../matrix/packed-matrix.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { elementCount, expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { activation } from "./activation.ts"
import { add } from "./add.ts"
import { linearInputGradient } from "./linear-input-gradient.ts"
import { matmul } from "./matmul.ts"
import { siluProduct } from "./silu-product.ts"
import { sum } from "./sum.ts"

/** What is applied to the product in the same dispatch: bias, gate, activation and residual, in this order. */
export interface LinearOptions {
  /** `[out]` */
  bias?: Tensor
  activation?: Activation
  /** `[..., out]`: the product becomes silu(gate) * product, before the activation. */
  gate?: Tensor
  /** `[..., out]`: added last. */
  residual?: Tensor
}

/**
 * y = x·Wᵀ + bias in one dispatch (more where an operand exceeds the binding limit), accumulated in f32.
 *
 * x `[..., in]` f32, weight `[out, in]` (f32 or f16, or packed) -> `[..., out]` f32. A quantised weight counts as
 * quant * scale (+ minimum) in f32. Errors: "shape-mismatch", "dtype-mismatch".
 */
export function linear(x: Tensor, weight: Tensor | PackedMatrix, options: LinearOptions = {}): Tensor {
  const { bias, gate, residual } = options
  expectDtype("linear", "x", x, "f32")
  const [columns, k] = weightShape("linear", weight)
  if (x.shape.at(-1) !== k) {
    throw new TensorError(
      `linear: x has shape [${x.shape}], expected [..., ${k}] for a weight of shape [${weight.shape}].`,
      {
        code: "shape-mismatch",
      },
    )
  }
  const shape = [...x.shape.slice(0, -1), columns]
  if (bias) expectOperand("bias", bias, [columns])
  if (gate) expectOperand("gate", gate, shape)
  if (residual) expectOperand("residual", residual, shape)
  const trained = weight instanceof Tensor ? weight : undefined
  const { activation: kind } = options
  if ((kind || gate) && isRecorded([x, trained, bias, gate, residual])) {
    // Their gradients need the product itself, which one dispatch for all would not keep.
    let product = linear(x, weight, { ...(bias && { bias }) })
    if (gate) product = siluProduct(gate, product)
    if (kind) product = activation(product, kind)
    return residual ? add(product, residual) : product
  }
  const y = Tensor.empty(x.device, shape)
  const rows = elementCount(x.shape.slice(0, -1))
  using turned = trained && turnedOperand(trained, { rows, k, columns })
  runProduct({
    a: x,
    rows,
    k,
    ...(turned ?? weightOperand(weight, 0, columns)),
    y,
    rowSize: columns,
    epilogue: options,
  })
  const saved = [x, ...(trained ? [trained] : [])] as const
  return recordGradient(y, [x, trained, bias, residual], saved, (gradient, [x, own], wanted) => {
    const rows = gradient.reshape([-1, columns]) // [rows, out]
    return [
      wanted[0] ? linearInputGradient(rows, own ?? weight).reshape(x.shape) : undefined,
      wanted[1] ? matmul(rows, x.reshape([-1, k]), { transposeA: true }) : undefined,
      wanted[2] ? sum(rows, 0) : undefined,
      gradient,
    ]
  })
}

function expectOperand(name: string, tensor: Tensor, shape: readonly number[]): void {
  expectDtype("linear", name, tensor, "f32")
  expectShape("linear", name, tensor.shape, shape)
}

/** `linear` in float64, the weight dense `[columns, k]`. */
export function linearReference(
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  sizes: { rows: number; k: number; columns: number },
  options: {
    bias?: ArrayLike<number> | undefined
    activation?: Activation | undefined
    gate?: ArrayLike<number> | undefined
    residual?: ArrayLike<number> | undefined
  } = {},
): Float64Array {
  const { rows, k, columns } = sizes
  const { bias, activation, gate, residual } = options
  const y = new Float64Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let value = bias ? bias[column]! : 0
      for (let i = 0; i < k; i++) value += x[row * k + i]! * weight[column * k + i]!
      const at = row * columns + column
      if (gate) value *= activationReference("silu", gate[at]!)
      if (activation) value = activationReference(activation, value)
      y[at] = value + (residual ? residual[at]! : 0)
    }
  }
  return y
}
