import { describe, expect, it } from "vitest"
import { expectClose, kernelVariants, randomMatrixRows, randomValues, testDevice } from "#testing"
import { PackedMatrix } from "../matrix/packed-matrix.ts"
import { Tensor } from "../tensor/tensor.ts"
import { linearCrossEntropy, linearCrossEntropyReference } from "./linear-cross-entropy.ts"

const SIZE = 32

describe.each(kernelVariants)("linearCrossEntropy with the %s kernels", (variant) => {
  it.each([
    { words: 300, labels: [0, 299, -100, 128, 127, 5, -100, 256, 9, 10], vocabChunk: 100 },
    { words: 300, labels: [299, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17] },
    { words: 129, labels: [128], vocabChunk: 1 },
    { words: 1, labels: [0, -100] },
    { words: 40, labels: [-100, -100, -100] },
  ])("equals the float64 reference: %o", async ({ words, labels, vocabChunk }) => {
    const device = await testDevice(variant)
    const hidden = randomValues(labels.length * SIZE, 1).map((value) => 3 * value)
    using matrix = PackedMatrix.create(device, "q8_0", words, SIZE)
    matrix.writeRows(0, randomMatrixRows("q8_0", words, SIZE))
    const weight = await matrix.readRows()
    using x = Tensor.from(device, hidden, [labels.length, SIZE])
    using dense = Tensor.from(device, weight, [words, SIZE])
    using targets = Tensor.from(device, Int32Array.from(labels), [labels.length])
    const options = vocabChunk ? { vocabChunk } : {}
    using packedLoss = linearCrossEntropy(x, matrix, targets, options)
    using denseLoss = linearCrossEntropy(x, dense, targets, options)
    const expected = linearCrossEntropyReference(hidden, weight, labels, SIZE)
    expectClose((await packedLoss.read()) as Float32Array, expected, 2e-6)
    expectClose((await denseLoss.read()) as Float32Array, expected, 2e-6)
  })

  it("shows a label outside the vocabulary as NaN and heeds ignoreIndex", async () => {
    const device = await testDevice(variant)
    const hidden = randomValues(2 * SIZE, 1)
    using x = Tensor.from(device, hidden, [2, SIZE])
    using weight = Tensor.from(device, randomValues(10 * SIZE, 2), [10, SIZE])
    using targets = Tensor.from(device, Int32Array.from([3, 10]), [2])
    using bad = linearCrossEntropy(x, weight, targets)
    using good = linearCrossEntropy(x, weight, targets, { ignoreIndex: 10 })
    expect(await bad.read()).toEqual(Float32Array.from([Number.NaN, 2]))
    expectClose(
      (await good.read()) as Float32Array,
      linearCrossEntropyReference(hidden, randomValues(10 * SIZE, 2), [3, 10], SIZE, 10),
      2e-6,
    )
  })
})
