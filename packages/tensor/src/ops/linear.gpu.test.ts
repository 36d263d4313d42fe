import { describe, expect, it } from "vitest"
import { expectClose, kernelVariants, randomMatrixRows, randomValues, testDevice } from "#testing"
import type { Activation } from "../kernels/activations.ts"
import type { MatrixFormat } from "../matrix/matrix-format.ts"
import { PackedMatrix } from "../matrix/packed-matrix.ts"
import { Tensor } from "../tensor/tensor.ts"
import { linear, linearReference } from "./linear.ts"

describe.each(kernelVariants)("linear with the %s kernels", (variant) => {
  describe.each<MatrixFormat>(["f32", "f16", "q8_0", "q4_0", "q4_1"])("and a %s matrix", (format) => {
    it.each([
      { rows: 1, k: 64, columns: 32 },
      { rows: 1, k: 96, columns: 71 },
      { rows: 5, k: 32, columns: 36 },
      { rows: 19, k: 96, columns: 70 },
      { rows: 130, k: 64, columns: 100 },
    ])("equals the float64 reference for $rows x $k x $columns", async ({ rows, k, columns }) => {
      const device = await testDevice(variant)
      const x = randomValues(rows * k, 3)
      using matrix = PackedMatrix.create(device, format, columns, k)
      matrix.writeRows(0, randomMatrixRows(format, columns, k))
      const weight = await matrix.readRows()
      using input = Tensor.from(device, x, [rows, k])
      using y = linear(input, matrix)
      expect(y.shape).toEqual([rows, columns])
      expectClose((await y.read()) as Float32Array, linearReference(x, weight, { rows, k, columns }), 2e-6)
    })
  })

  it.each([
    { rows: 1, k: 1, columns: 1 },
    { rows: 1, k: 36, columns: 33 },
    { rows: 1, k: 68, columns: 20 },
    { rows: 1, k: 67, columns: 9 },
    { rows: 8, k: 20, columns: 12 },
    { rows: 33, k: 44, columns: 65 },
    { rows: 66, k: 7, columns: 67 },
  ])("equals the reference with dense weights for $rows x $k x $columns", async ({ rows, k, columns }) => {
    const device = await testDevice(variant)
    const x = randomValues(rows * k, 3)
    const half = new Float16Array(randomValues(columns * k, 4))
    using input = Tensor.from(device, x, [rows, k])
    using weight = Tensor.from(device, Float32Array.from(half), [columns, k])
    using halfWeight = Tensor.from(device, new Uint16Array(half.buffer), [columns, k])
    using y = linear(input, weight)
    using yHalf = linear(input, halfWeight)
    const expected = linearReference(x, half, { rows, k, columns })
    expectClose((await y.read()) as Float32Array, expected, 2e-6)
    expectClose((await yHalf.read()) as Float32Array, expected, 2e-6)
  })

  it.each([
    { rows: 18, k: 8, columns: 40 },
    { rows: 3, k: 12, columns: 37 },
    { rows: 1, k: 32, columns: 12 },
  ])("adds bias, gate, activation and residual in this order for $rows x $k x $columns", async (sizes) => {
    const { rows, k, columns } = sizes
    const device = await testDevice(variant)
    const values = {
      bias: randomValues(columns, 5),
      gate: randomValues(rows * columns, 6),
      residual: randomValues(rows * columns, 7),
    }
    const x = randomValues(rows * k, 8)
    const w = randomValues(columns * k, 9)
    using input = Tensor.from(device, x, [1, rows, k])
    using weight = Tensor.from(device, w, [columns, k])
    using bias = Tensor.from(device, values.bias, [columns])
    using gate = Tensor.from(device, values.gate, [1, rows, columns])
    using residual = Tensor.from(device, values.residual, [1, rows, columns])
    for (const activation of ["quick_gelu", "gelu", "gelu_tanh", "silu", "relu"] satisfies Activation[]) {
      using y = linear(input, weight, { bias, gate, residual, activation })
      expectClose((await y.read()) as Float32Array, linearReference(x, w, sizes, { ...values, activation }), 3e-6)
    }
  })
})
