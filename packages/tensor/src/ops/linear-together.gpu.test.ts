import { describe, expect, it } from "vitest"
import { expectClose, kernelVariants, randomMatrixRows, randomValues, testDevice } from "#testing"
import type { Device } from "../device/device.ts"
import { activationReference } from "../kernels/activations.ts"
import type { MatrixFormat } from "../matrix/matrix-format.ts"
import { PackedMatrix } from "../matrix/packed-matrix.ts"
import { Tensor } from "../tensor/tensor.ts"
import { gatedLinear } from "./gated-linear.ts"
import { linearReference } from "./linear.ts"
import { linearTogether } from "./linear-together.ts"

function randomMatrix(device: Device, format: MatrixFormat, columns: number, k: number): PackedMatrix {
  const matrix = PackedMatrix.create(device, format, columns, k)
  matrix.writeRows(0, randomMatrixRows(format, columns, k))
  return matrix
}

const read = async (tensor: Tensor) => (await tensor.read()) as Float32Array

describe.each(kernelVariants)("with the %s kernels", (variant) => {
  describe.each<MatrixFormat>(["f32", "f16", "q8_0", "q4_0", "q4_1"])("and %s matrices", (format) => {
    it.each([
      { rows: 1, k: 96, columns: [64, 36, 100] },
      { rows: 1, k: 32, columns: [8, 40] },
      { rows: 1, k: 64, columns: [33, 32] },
      { rows: 3, k: 64, columns: [32, 32, 4] },
    ])("products of one input equal the float64 reference for $rows x $k x $columns", async ({ rows, k, columns }) => {
      const device = await testDevice(variant)
      using _ = device.scope()
      const values = randomValues(rows * k, 3)
      const matrices = columns.map((count) => randomMatrix(device, format, count, k))
      const outputs = linearTogether(Tensor.from(device, values, [1, rows, k]), matrices)
      for (const [i, output] of outputs.entries()) {
        const sizes = { rows, k, columns: columns[i]! }
        expect(output.shape).toEqual([1, rows, sizes.columns])
        expectClose(await read(output), linearReference(values, await matrices[i]!.readRows(), sizes), 2e-6)
      }
      for (const matrix of matrices) matrix.dispose()
    })

    it.each([
      { rows: 1, k: 64, columns: 72 },
      { rows: 1, k: 32, columns: 35 },
      { rows: 5, k: 32, columns: 36 },
    ])("a gated product equals the float64 reference for $rows x $k x $columns", async ({ rows, k, columns }) => {
      const device = await testDevice(variant)
      const values = randomValues(rows * k, 4)
      using gate = randomMatrix(device, format, columns, k)
      using up = randomMatrix(device, format, columns, k)
      using x = Tensor.from(device, values, [rows, k])
      using y = gatedLinear(x, gate, up)
      const [g, u] = [await gate.readRows(), await up.readRows()].map((w) =>
        linearReference(values, w, { rows, k, columns }),
      )
      const expected = g!.map((value, i) => activationReference("silu", value) * u![i]!)
      expectClose(await read(y), expected, 5e-6)
    })
  })

  it("refuses other inputs than the weights take", async () => {
    const device = await testDevice(variant)
    using weight = PackedMatrix.create(device, "f32", 32, 32)
    using wide = PackedMatrix.create(device, "f32", 64, 32)
    using x = Tensor.from(device, randomValues(64, 5), [1, 64])
    expect(() => linearTogether(x, [weight])).toThrow(expect.objectContaining({ code: "shape-mismatch" }))
    expect(() => gatedLinear(x, weight, wide)).toThrow(expect.objectContaining({ code: "shape-mismatch" }))
  })
})
