import { describe, expect, it } from "vitest"
import { expectGradients, kernelVariants, randomValues, testDevice } from "#testing"
import { type Activation, activationReference } from "../kernels/activations.ts"
import { activation } from "../ops/activation.ts"
import { add, addReference } from "../ops/add.ts"
import { addRmsNorm } from "../ops/add-rms-norm.ts"
import { attention, attentionReference } from "../ops/attention.ts"
import { concat, concatReference } from "../ops/concat.ts"
import { dropout, dropoutReference } from "../ops/dropout.ts"
import { embedding } from "../ops/embedding.ts"
import { exp, expReference } from "../ops/exp.ts"
import { gatherRows, gatherRowsReference } from "../ops/gather-rows.ts"
import { l2Normalize, l2NormalizeReference } from "../ops/l2-normalize.ts"
import { layerNorm, layerNormReference } from "../ops/layer-norm.ts"
import { linear, linearReference } from "../ops/linear.ts"
import { linearCrossEntropy, linearCrossEntropyReference } from "../ops/linear-cross-entropy.ts"
import { logSoftmax, logSoftmaxReference } from "../ops/log-softmax.ts"
import { matmul, matmulReference } from "../ops/matmul.ts"
import { mean } from "../ops/mean.ts"
import { multiply, multiplyReference } from "../ops/multiply.ts"
import { patchEmbedding, patchEmbeddingReference } from "../ops/patch-embedding.ts"
import { reduceReference } from "../ops/reduce.ts"
import { rmsNorm, rmsNormReference } from "../ops/rms-norm.ts"
import { rotary, rotaryReference } from "../ops/rotary.ts"
import { scale, scaleReference } from "../ops/scale.ts"
import { siluProduct, siluProductReference } from "../ops/silu-product.ts"
import { slice, sliceReference } from "../ops/slice.ts"
import { softmax, softmaxReference } from "../ops/softmax.ts"
import { splice, spliceReference } from "../ops/splice.ts"
import { sum } from "../ops/sum.ts"
import { transpose, transposeReference } from "../ops/transpose.ts"
import { ropeTable } from "../rope/rope-table.ts"
import { Tensor } from "../tensor/tensor.ts"

const values = (shape: readonly number[], seed = 1) => ({
  values: randomValues(
    shape.reduce((a, b) => a * b, 1),
    seed,
  ),
  shape,
})

describe.each(kernelVariants)("gradients (%s kernels)", (kernels) => {
  it.each(["quick_gelu", "gelu", "gelu_tanh", "silu", "relu"] satisfies Activation[])("of %s", async (kind) => {
    await expectGradients({
      device: await testDevice(kernels),
      inputs: [{ values: Float32Array.from({ length: 97 }, (_, i) => (i - 48.3) / 9), shape: [97] }],
      run: (x) => activation(x, kind),
      reference: (x) => x.map((value) => activationReference(kind, value)),
    })
  })

  it("of sums, products and scalings, repeated over leading axes", async () => {
    const device = await testDevice(kernels)
    const inputs = [values([3, 2, 5]), values([2, 5], 2)]
    await expectGradients({ device, inputs, run: add, reference: addReference })
    await expectGradients({ device, inputs, run: multiply, reference: multiplyReference })
    await expectGradients({
      device,
      inputs: [values([7]), values([7], 2)],
      run: multiply,
      reference: multiplyReference,
    })
    const [x] = inputs
    await expectGradients({ device, inputs: [x!], run: (x) => scale(x, -3), reference: (x) => scaleReference(x, -3) })
    await expectGradients({ device, inputs: [x!], run: exp, reference: expReference })
    await expectGradients({
      device,
      inputs: [x!, values([], 3)],
      run: (x, factor) => multiply(x, factor),
      reference: multiplyReference,
    })
    const pair = [values([3, 67]), values([3, 67], 2)]
    await expectGradients({ device, inputs: pair, run: siluProduct, reference: siluProductReference })
  })

  it.each([
    [0, [1, 4, 15]],
    [1, [4, 3, 5]],
    [-1, [12, 5, 1]],
    [undefined, [1, 60, 1]],
  ] as const)("of sum and mean along axis %s", async (axis, sizes) => {
    const device = await testDevice(kernels)
    const inputs = [values([4, 3, 5])]
    const total = (x: Float64Array) => reduceReference(x, sizes, (a, b) => a + b)
    await expectGradients({ device, inputs, run: (x) => sum(x, axis), reference: total })
    const average = (x: Float64Array) => total(x).map((value) => value / sizes[1])
    await expectGradients({ device, inputs, run: (x) => mean(x, axis), reference: average })
  })

  it("of what moves data", async () => {
    const device = await testDevice(kernels)
    const inputs = [values([3, 4, 5])]
    const index = Int32Array.of(2, 0, 2, 2, 1, 0, 2)
    await expectGradients({
      device,
      inputs,
      run: (x) => slice(x, 1, 1, 3),
      reference: (x) => sliceReference(x, [3, 4, 5], 1, 1, 3),
    })
    await expectGradients({
      device,
      inputs,
      run: (x) => transpose(x, [2, 0, 1]),
      reference: (x) => transposeReference(x, [3, 4, 5], [2, 0, 1]),
    })
    await expectGradients({
      device,
      inputs,
      run: (x) => multiply(x.reshape([-1, 10]), x.reshape([6, 10])),
      reference: (x) => x.map((value) => value * value),
    })
    await expectGradients({
      device,
      inputs: [values([3, 2, 5]), values([3, 4, 5], 2)],
      run: (a, b) => concat([a, b], 1),
      reference: (a, b) =>
        concatReference(
          [
            { values: a, shape: [3, 2, 5] },
            { values: b, shape: [3, 4, 5] },
          ],
          1,
        ),
    })
    await expectGradients({
      device,
      inputs: [values([4, 6])],
      run: (x) => gatherRows(x, Tensor.from(device, index, [7])),
      reference: (x) => gatherRowsReference(x, 6, index),
    })
    await expectGradients({
      device,
      inputs: [values([4, 6])],
      run: (x) => embedding(Tensor.from(device, index, [7]), x),
      reference: (x) => gatherRowsReference(x, 6, index),
    })
    const places = Int32Array.of(1, -1, -(2 ** 31), -3, 1, 0, -3)
    await expectGradients({
      device,
      inputs: [values([4, 6]), values([3, 6], 2)],
      run: (text, image) => splice(text, image, Tensor.from(device, places, [7])),
      reference: (text, image) => spliceReference(text, image, places, 6),
    })
  })

  // Not over rows of one: their gradients are differences of equal numbers.
  it.each([2, 5, 64, 129])("of normalisations and softmax over rows of %i", async (size) => {
    const device = await testDevice(kernels)
    const rows = values([3, size])
    const weights = [values([size], 2), values([size], 3)]
    await expectGradients({
      device,
      inputs: [rows, weights[0]!],
      run: (x, weight) => rmsNorm(x, weight, 1e-5),
      reference: (x, weight) => rmsNormReference(x, weight, 1e-5),
      tolerance: 2e-4,
    })
    await expectGradients({
      device,
      inputs: [rows, ...weights],
      run: (x, weight, bias) => layerNorm(x, weight, bias, 1e-5),
      reference: (x, weight, bias) => layerNormReference(x, weight, bias, 1e-5),
      tolerance: 2e-4,
    })
    await expectGradients({
      device,
      inputs: [rows, values([3, size], 4), weights[0]!],
      run: (x, residual, weight) => {
        const { sum, normed } = addRmsNorm(x, residual, weight, 1e-5)
        return concat([sum, normed], 1)
      },
      reference: (x, residual, weight) => {
        const total = addReference(x, residual)
        const normed = rmsNormReference(total, weight, 1e-5)
        const part = (values: Float64Array) => ({ values, shape: [3, size] })
        return concatReference([part(Float64Array.from(total)), part(normed)], 1)
      },
      tolerance: 2e-4,
    })
    await expectGradients({
      device,
      inputs: [rows],
      run: l2Normalize,
      reference: (x) => l2NormalizeReference(x, size),
      tolerance: 2e-4,
    })
    await expectGradients({ device, inputs: [rows], run: softmax, reference: (x) => softmaxReference(x, size) })
    await expectGradients({ device, inputs: [rows], run: logSoftmax, reference: (x) => logSoftmaxReference(x, size) })
  })

  it.each([
    [1, 4, 8],
    [9, 12, 20],
    [5, 7, 3],
    [36, 8, 12],
    [34, 12, 9],
  ])("of linear: %i rows, %i inputs, %i outputs", async (rows, k, columns) => {
    const device = await testDevice(kernels)
    const sizes = { rows, k, columns }
    const inputs = [values([rows, k]), values([columns, k], 2), values([columns], 3), values([rows, columns], 4)]
    await expectGradients({
      device,
      inputs,
      run: (x, weight, bias, residual) => linear(x, weight, { bias, residual }),
      reference: (x, weight, bias, residual) => linearReference(x, weight, sizes, { bias, residual }),
    })
    await expectGradients({
      device,
      inputs: [...inputs, values([rows, columns], 5)],
      run: (x, weight, bias, residual, gate) => linear(x, weight, { bias, residual, gate, activation: "gelu" }),
      reference: (x, weight, bias, residual, gate) =>
        linearReference(x, weight, sizes, { bias, residual, gate, activation: "gelu" }),
    })
  })

  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])("of matmul, a transposed: %s, b transposed: %s", async (transposeA, transposeB) => {
    const device = await testDevice(kernels)
    const sizes = { m: 8, k: 16, n: 12 }
    const a = transposeA ? [16, 8] : [8, 16]
    const b = transposeB ? [12, 16] : [16, 12]
    const options = { transposeA, transposeB }
    await expectGradients({
      device,
      inputs: [values(a), values(b, 2), values([12], 3)],
      run: (a, b, bias) => matmul(a, b, { ...options, bias, activation: "silu" }),
      reference: (a, b, bias) => matmulReference(a, b, sizes, { ...options, bias, activation: "silu" }),
    })
    const batches = (shared: boolean) => (a: Float64Array, b: Float64Array) =>
      [0, 1].flatMap((item) => [
        ...matmulReference(
          a.subarray(item * 128, item * 128 + 128),
          shared ? b : b.subarray(item * 192, item * 192 + 192),
          sizes,
          options,
        ),
      ])
    await expectGradients({
      device,
      inputs: [values([2, ...a]), values([2, ...b], 2)],
      run: (a, b) => matmul(a, b, options),
      reference: batches(false),
    })
    await expectGradients({
      device,
      inputs: [values([2, ...a]), values(b, 2)],
      run: (a, b) => matmul(a, b, options),
      reference: batches(true),
    })
  })

  it.each([
    { queryTokens: 5, keyTokens: 5, heads: 4, kvHeads: 2, headSize: 8, causal: true },
    { queryTokens: 9, keyTokens: 35, heads: 1, kvHeads: 1, headSize: 4, causal: false, keyLengths: [35, 7] },
    { queryTokens: 3, keyTokens: 9, heads: 3, kvHeads: 1, headSize: 7, causal: true, queryOffsets: [6, 0] },
    { queryTokens: 4, keyTokens: 4, heads: 2, kvHeads: 1, headSize: 36, causal: true, segments: [2, 4] },
  ])("of attention: $queryTokens queries, $keyTokens keys, $heads heads on $kvHeads", async (sizes) => {
    const device = await testDevice(kernels)
    const { queryTokens, keyTokens, heads, kvHeads, headSize, causal } = sizes
    const integers = (list: readonly number[], shape: readonly number[]) =>
      Tensor.from(device, Int32Array.from(list), shape)
    const keyLengths = sizes.keyLengths
    const queryOffsets = sizes.queryOffsets
    const segments = sizes.segments?.flatMap((split) => Array.from({ length: keyTokens }, (_, i) => Number(i >= split)))
    await expectGradients({
      device,
      inputs: [
        values([2, queryTokens, heads, headSize]),
        values([2, keyTokens, kvHeads, headSize], 2),
        values([2, keyTokens, kvHeads, headSize], 3),
      ],
      run: (query, key, value) =>
        attention(query, key, value, {
          causal,
          ...(keyLengths && { keyLengths: integers(keyLengths, [2]) }),
          ...(queryOffsets && { queryOffsets: integers(queryOffsets, [2]) }),
          ...(segments && { segments: integers(segments, [2, keyTokens]) }),
        }),
      reference: (query, key, value) =>
        attentionReference({
          query,
          key,
          value,
          batch: 2,
          queryTokens,
          keyTokens,
          heads,
          kvHeads,
          headSize,
          causal,
          ...(keyLengths && { keyLengths }),
          ...(queryOffsets && { queryOffsets }),
          ...(segments && { segments }),
        }),
      tolerance: 2e-4,
    })
  })

  it("of rotary embedding", async () => {
    const device = await testDevice(kernels)
    using table = ropeTable(device, { headSize: 12, partialRotaryFactor: 0.7, base: 100, maxPositions: 16 })
    const positions = Int32Array.of(3, 0, 15, 7, 7, 1)
    const cosines = (await table.values.read()) as Float32Array
    await expectGradients({
      device,
      inputs: [values([2, 3, 2, 12])],
      run: (x) => rotary(x, table, Tensor.from(device, positions, [2, 3])),
      reference: (x) =>
        Array.from({ length: 12 }, (_, row) => {
          const at = positions[Math.floor(row / 2)]! * 8
          return [
            ...rotaryReference(
              x.subarray(row * 12, row * 12 + 12),
              cosines.subarray(at, at + 4),
              cosines.subarray(at + 4, at + 8),
            ),
          ]
        }).flat(),
    })
  })

  it("of dropout, which drops the same elements both ways", async () => {
    await expectGradients({
      device: await testDevice(kernels),
      inputs: [values([1001])],
      run: (x) => dropout(x, 0.3, 12345),
      reference: (x) => dropoutReference(x, 0.3, 12345),
    })
  })

  it("of a patch embedding", async () => {
    const device = await testDevice(kernels)
    const sizes = { batch: 2, channels: 3, height: 8, width: 9, hidden: 5, patch: 4 }
    const pixels = randomValues(2 * 3 * 8 * 9)
    await expectGradients({
      device,
      inputs: [values([5, 3, 4, 4], 2), values([5], 3)],
      run: (weight, bias) => patchEmbedding(Tensor.from(device, pixels, [2, 3, 8, 9]), weight, { bias }),
      reference: (weight, bias) => patchEmbeddingReference(pixels, weight, sizes, bias),
    })
  })

  it("of the language-model loss, in chunks of the vocabulary", async () => {
    const device = await testDevice(kernels)
    const labels = Int32Array.of(3, -100, 299, 128, 0)
    await expectGradients({
      device,
      inputs: [values([5, 8]), values([300, 8], 2)],
      run: (hidden, weight) =>
        linearCrossEntropy(hidden, weight, Tensor.from(device, labels, [5]), { vocabChunk: 128 }),
      reference: (hidden, weight) => linearCrossEntropyReference(hidden, weight, labels, 8),
    })
    // Of words that were computed, and released by whoever computed them.
    const own = Int32Array.of(0, 1, 2)
    await expectGradients({
      device,
      inputs: [values([3, 17]), values([3, 17], 2)],
      run: (hidden, words) => {
        using scope = device.scope()
        return scope.keep(linearCrossEntropy(hidden, scale(words, 2), Tensor.from(device, own, [3])))
      },
      reference: (hidden, words) => linearCrossEntropyReference(hidden, scaleReference(words, 2), own, 17),
    })
  })
})

describe("gradients", () => {
  it("are refused where an operation has no rule", async () => {
    const device = await testDevice()
    const { max } = await import("../ops/max.ts")
    const { GradientLeaf } = await import("./gradient-leaf.ts")
    using _scope = device.scope()
    using _tape = device.record()
    const x = Tensor.zeros(device, [3])
    x.target = new GradientLeaf()
    expect(() => max(x)).toThrow(expect.objectContaining({ code: "no-gradient" }))
  })
})
