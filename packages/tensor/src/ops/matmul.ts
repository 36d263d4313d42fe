import { isRecorded } from "../autograd/is-recorded.ts"
import { recordGradient } from "../autograd/record-gradient.ts"
import { TensorError } from "../error/tensor-error.ts"
import { type Activation, activationReference } from "../kernels/activations.ts"
import { runProduct } from "../kernels/run-product.ts"
import { turnedMatrix } from "../kernels/turned-matrix.ts"
import { turnedOperand } from "../kernels/turned-operand.ts"
import { weightOperand } from "../kernels/weight-parts.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { elementCount, expectShape, shapesEqual } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { activation } from "./activation.ts"
import { sum } from "./sum.ts"
import { transpose } from "./transpose.ts"

/** Transposed operands, and what is applied to the product: bias, then activation. */
export interface MatmulOptions {
  /** a is `[..., k, m]`. */
  transposeA?: boolean
  /** b is `[..., n, k]`. */
  transposeB?: boolean
  /** `[n]` */
  bias?: Tensor
  activation?: Activation | undefined
}

/**
 * y = a·b + bias, accumulated in f32; all operands f32.
 *
 * a `[..., m, k]`, b `[..., k, n]` with the same leading sizes, or a single matrix for all -> `[..., m, n]`.
 * Errors: "shape-mismatch", "dtype-mismatch".
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, bias } = options
  expectDtype("matmul", "a", a, "f32")
  expectDtype("matmul", "b", b, "f32")
  const [m, k] = lastTwo("a", a, transposeA)
  const [bk, n] = lastTwo("b", b, transposeB)
  const leading = a.shape.slice(0, -2)
  const shared = b.shape.length === 2
  if (bk !== k || !(shared || shapesEqual(leading, b.shape.slice(0, -2)))) {
    const transposed = (yes: boolean) => (yes ? " transposed" : "")
    throw new TensorError(
      `matmul: b has shape [${b.shape}]${transposed(transposeB)}, which does not fit a of shape [${a.shape}]${transposed(transposeA)}.`,
      { code: "shape-mismatch" },
    )
  }
  if (bias) {
    expectDtype("matmul", "bias", bias, "f32")
    expectShape("matmul", "bias", bias.shape, [n])
  }
  const { activation: kind } = options
  if (kind && isRecorded([a, b, bias])) return activation(matmul(a, b, { ...options, activation: undefined }), kind)
  if (transposeA && shared && leading.length > 0 && isRecorded([a, b, bias])) {
    const axes = a.shape.map((_, axis) => axis)
    const rows = transpose(a, axes.with(-1, axes.length - 2).with(-2, axes.length - 1)) // [..., m, k]
    return matmul(rows, b, { ...options, transposeA: false })
  }
  const y = Tensor.empty(a.device, [...leading, m, n])
  const count = elementCount(leading)
  using turnedB = transposeB && shared ? turnedOperand(b, { rows: count * m, k, columns: n }) : undefined
  using turnedA = transposeA && count === 1 ? turnedMatrix(a, { rows: k, columns: m, uses: n }) : undefined
  // One matrix b for all rows of a: the batch is only more rows, unless a is stored by columns.
  const flat = shared && !transposeA
  runProduct({
    a: turnedA ?? a,
    transposed: transposeA && !turnedA,
    rows: flat ? count * m : m,
    k,
    ...(transposeB && shared
      ? (turnedB ?? weightOperand(b, 0, n))
      : {
          kind: transposeB ? ("dense_nk" as const) : ("dense_kn" as const),
          parts: [{ firstRow: 0, rows: n, panel: 0, bindings: [b.buffer] }],
          groups: 0,
        }),
    y,
    rowSize: n,
    epilogue: { bias, activation: options.activation },
    ...(flat || count === 1 ? {} : { batch: { count, a: m * k, b: shared ? 0 : k * n } }),
  })
  return recordGradient(y, [a, b, bias], [a, b], (gradient, [a, b], wanted) => {
    // The batch of a shared b is only more rows.
    const [left, dy] = shared && !transposeA ? [a.reshape([-1, k]), gradient.reshape([-1, n])] : [a, gradient]
    const ofA = () =>
      transposeA
        ? matmul(b, dy, { transposeA: transposeB, transposeB: true })
        : matmul(dy, b, { transposeB: !transposeB })
    const ofB = () =>
      transposeB
        ? matmul(dy, left, { transposeA: true, transposeB: transposeA })
        : matmul(left, dy, { transposeA: !transposeA })
    return [
      wanted[0] ? ofA().reshape(a.shape) : undefined,
      wanted[1] ? ofB() : undefined,
      wanted[2] ? sum(gradient.reshape([-1, n]), 0) : undefined,
    ]
  })
}

/** The sizes of the last two axes, in the order in which the product takes them. */
function lastTwo(name: string, tensor: Tensor, transposed: boolean): [number, number] {
  const [rows, columns] = tensor.shape.slice(-2)
  if (rows === undefined || columns === undefined) {
    throw new TensorError(`matmul: ${name} has shape [${tensor.shape}], expected at least two axes.`, {
      code: "shape-mismatch",
    })
  }
  return transposed ? [columns, rows] : [rows, columns]
}

/** `matmul` of one pair of matrices in float64. */
export function matmulReference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  sizes: { m: number; k: number; n: number },
  options: {
    transposeA?: boolean | undefined
    transposeB?: boolean | undefined
    bias?: ArrayLike<number> | undefined
    activation?: Activation | undefined
  } = {},
): Float64Array {
  const { m, k, n } = sizes
  const y = new Float64Array(m * n)
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < n; column++) {
      let sum = options.bias ? options.bias[column]! : 0
      for (let i = 0; i < k; i++) {
        const left = a[options.transposeA ? i * m + row : row * k + i]!
        sum += left * b[options.transposeB ? column * k + i : i * n + column]!
      }
      y[row * n + column] = options.activation ? activationReference(options.activation, sum) : sum
    }
  }
  return y
}
