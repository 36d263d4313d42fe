import { describe, expect, it } from "vitest"
import { kernelVariants, randomMatrixRows, randomValues, testDevice } from "#testing"
import type { MatrixFormat } from "../matrix/matrix-format.ts"
import { PackedMatrix } from "../matrix/packed-matrix.ts"
import { Tensor } from "../tensor/tensor.ts"
import { embedding, embeddingReference } from "./embedding.ts"

const ids = Int32Array.from([69, 0, 33, 33, 31, -1, 70, 5])

describe.each(kernelVariants)("embedding with the %s kernels", (variant) => {
  it.each<MatrixFormat>(["f32", "f16", "q8_0", "q4_0", "q4_1"])("looks rows of a %s matrix up", async (format) => {
    const device = await testDevice(variant)
    using table = PackedMatrix.create(device, format, 70, 96)
    table.writeRows(0, randomMatrixRows(format, 70, 96))
    using index = Tensor.from(device, ids, [2, 4])
    using y = embedding(index, table)
    expect(y.shape).toEqual([2, 4, 96])
    expect(await y.read()).toEqual(Float32Array.from(embeddingReference(ids, await table.readRows(), 96)))
  })

  it.each([1, 4, 7])("looks rows of %i elements of a dense table up", async (size) => {
    const device = await testDevice(variant)
    const values = new Float16Array(randomValues(70 * size, 1))
    const expected = Float32Array.from(embeddingReference(ids, values, size))
    using index = Tensor.from(device, ids, [8])
    using table = Tensor.from(device, Float32Array.from(values), [70, size])
    using halfTable = Tensor.from(device, new Uint16Array(values.buffer), [70, size])
    using y = embedding(index, table)
    using yHalf = embedding(index, halfTable)
    expect(await y.read()).toEqual(expected)
    expect(await yHalf.read()).toEqual(expected)
  })
})

describe("embedding", () => {
  it("refuses ids that are no integers", async () => {
    const device = await testDevice()
    using index = Tensor.from(device, randomValues(2), [2])
    expect(() => embedding(index, index)).toThrow("ids is f32, expected i32")
  })
})
