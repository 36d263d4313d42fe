import { describe, expect, it } from "vitest"
import { expectClose, limitedDevice, randomMatrixRows, randomValues } from "#testing"
import type { MatrixFormat } from "../matrix/matrix-format.ts"
import { PackedMatrix } from "../matrix/packed-matrix.ts"
import { embedding, embeddingReference } from "../ops/embedding.ts"
import { linear, linearReference } from "../ops/linear.ts"
import { linearCrossEntropy, linearCrossEntropyReference } from "../ops/linear-cross-entropy.ts"
import { matmul, matmulReference } from "../ops/matmul.ts"
import { Tensor } from "../tensor/tensor.ts"

const KIB = 1024

describe("operands bigger than one binding", () => {
  it("are multiplied window by window, with everything that follows the product", async () => {
    const device = await limitedDevice({ maxStorageBufferBindingSize: 512 * KIB })
    const sizes = { rows: 600, k: 256, columns: 700 }
    const { rows, k, columns } = sizes
    const values = {
      bias: randomValues(columns, 3),
      gate: randomValues(rows * columns, 4),
      residual: randomValues(rows * columns, 5),
    }
    const x = randomValues(rows * k, 1)
    const w = randomValues(columns * k, 2)
    using input = Tensor.from(device, x, [rows, k])
    using weight = Tensor.from(device, w, [columns, k])
    using bias = Tensor.from(device, values.bias, [columns])
    using gate = Tensor.from(device, values.gate, [rows, columns])
    using residual = Tensor.from(device, values.residual, [rows, columns])
    const before = device.dispatches
    using y = linear(input, weight, { bias, gate, residual })
    expect(device.dispatches - before).toBe(10)
    expectClose((await y.read()) as Float32Array, linearReference(x, w, sizes, values), 2e-6)
  })

  it.each<MatrixFormat>(["f32", "q8_0", "q4_1"])("work as a %s matrix in parts", async (format) => {
    const device = await limitedDevice({ maxStorageBufferBindingSize: 16 * KIB })
    const sizes = { rows: 2, k: 96, columns: 1000 }
    const x = randomValues(2 * 96, 1)
    using matrix = PackedMatrix.create(device, format, 1000, 96)
    matrix.writeRows(0, randomMatrixRows(format, 1000, 96))
    expect(matrix.parts.length).toBeGreaterThan(2)
    const weight = await matrix.readRows()
    const ids = Int32Array.from([999, 0, 31, 500, 1000, -1])
    const labels = Int32Array.from([999, 320])
    using input = Tensor.from(device, x, [2, 96])
    using index = Tensor.from(device, ids, [6])
    using targets = Tensor.from(device, labels, [2])
    using y = linear(input, matrix)
    using rows = embedding(index, matrix)
    using loss = linearCrossEntropy(input, matrix, targets, { vocabChunk: 128 })
    expectClose((await y.read()) as Float32Array, linearReference(x, weight, sizes), 2e-6)
    expect(await rows.read()).toEqual(Float32Array.from(embeddingReference(ids, weight, 96)))
    expectClose((await loss.read()) as Float32Array, linearCrossEntropyReference(x, weight, labels, 96), 2e-6)
  })

  it("work as a dense table of f16", async () => {
    const device = await limitedDevice({ maxStorageBufferBindingSize: 64 * KIB })
    const sizes = { rows: 3, k: 97, columns: 400 }
    const half = new Float16Array(randomValues(400 * 97, 2))
    const x = randomValues(3 * 97, 1)
    const ids = Int32Array.from([399, 0, 255, 256, 257])
    const labels = Int32Array.from([0, 256, 399])
    using table = Tensor.from(device, new Uint16Array(half.buffer), [400, 97])
    using input = Tensor.from(device, x, [3, 97])
    using index = Tensor.from(device, ids, [5])
    using targets = Tensor.from(device, labels, [3])
    using y = linear(input, table)
    using rows = embedding(index, table)
    using loss = linearCrossEntropy(input, table, targets, { vocabChunk: 256 })
    expectClose((await y.read()) as Float32Array, linearReference(x, half, sizes), 2e-6)
    expect(await rows.read()).toEqual(Float32Array.from(embeddingReference(ids, half, 97)))
    expectClose((await loss.read()) as Float32Array, linearCrossEntropyReference(x, half, labels, 97), 2e-6)
  })

  it("are taken by groups of matrices in a batch", async () => {
    const device = await limitedDevice({ maxStorageBufferBindingSize: 128 * KIB })
    const [batch, m, k, n] = [300, 10, 16, 12]
    const a = randomValues(batch * m * k, 1)
    const b = randomValues(batch * k * n, 2)
    using left = Tensor.from(device, a, [batch, m, k])
    using right = Tensor.from(device, b, [batch, k, n])
    using y = matmul(left, right)
    const expected = Array.from({ length: batch }, (_, i) =>
      matmulReference(a.subarray(i * m * k, (i + 1) * m * k), b.subarray(i * k * n, (i + 1) * k * n), { m, k, n }),
    )
    const flat = expected.flatMap((matrix) => [...matrix])
    expectClose((await y.read()) as Float32Array, flat, 2e-6)
  })

  it("are refused where not even a few rows fit, naming the limit", async () => {
    const device = await limitedDevice({ maxStorageBufferBindingSize: 16 * KIB })
    using x = Tensor.zeros(device, [1, 64])
    using weight = Tensor.zeros(device, [200, 64])
    expect(() => linear(x, weight)).toThrow("exceed maxStorageBufferBindingSize (16384)")
  })
})
