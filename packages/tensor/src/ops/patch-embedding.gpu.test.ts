import { describe, expect, it } from "vitest"
import { expectClose, kernelVariants, randomValues, testDevice } from "#testing"
import { Tensor } from "../tensor/tensor.ts"
import { patchEmbedding, patchEmbeddingReference } from "./patch-embedding.ts"

describe.each(kernelVariants)("patchEmbedding with the %s kernels", (variant) => {
  it.each([
    { batch: 1, channels: 3, height: 28, width: 42, hidden: 24, patch: 14 },
    { batch: 2, channels: 3, height: 11, width: 9, hidden: 5, patch: 3 },
    { batch: 1, channels: 1, height: 1, width: 1, hidden: 1, patch: 1 },
  ])("equals the float64 reference: %o", async (sizes) => {
    const { batch, channels, height, width, hidden, patch } = sizes
    const device = await testDevice(variant)
    const values = {
      pixels: randomValues(batch * channels * height * width, 1),
      weight: randomValues(hidden * channels * patch * patch, 2),
      bias: randomValues(hidden, 3),
    }
    using pixels = Tensor.from(device, values.pixels, [batch, channels, height, width])
    using weight = Tensor.from(device, values.weight, [hidden, channels, patch, patch])
    using bias = Tensor.from(device, values.bias, [hidden])
    using y = patchEmbedding(pixels, weight, { bias })
    expect(y.shape).toEqual([batch, Math.floor(height / patch) * Math.floor(width / patch), hidden])
    expectClose(
      (await y.read()) as Float32Array,
      patchEmbeddingReference(values.pixels, values.weight, sizes, values.bias),
      2e-6,
    )
  })
})

describe("patchEmbedding", () => {
  it("refuses pixels smaller than a patch", async () => {
    const device = await testDevice()
    using pixels = Tensor.from(device, randomValues(12), [1, 3, 2, 2])
    using weight = Tensor.from(device, randomValues(54), [2, 3, 3, 3])
    expect(() => patchEmbedding(pixels, weight)).toThrow("does not fit pixels of shape [1,3,2,2]")
  })
})
