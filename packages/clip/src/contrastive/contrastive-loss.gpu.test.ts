import { l2Normalize, Tensor } from "@llava/tensor"
import { describe, expect, it } from "vitest"
import { evaluate, expectClose, expectGradients, randomValues, testDevice } from "#testing"
import { contrastiveLoss } from "./contrastive-loss.ts"

/** As the paper has it, in float64: cross-entropy over the rows and over the columns of the logits. */
function reference(images: ArrayLike<number>, texts: ArrayLike<number>, scale: number, dim: number): [number, number] {
  const pairs = images.length / dim
  const logit = (i: number, t: number) => {
    let cosine = 0
    for (let d = 0; d < dim; d++) cosine += images[i * dim + d]! * texts[t * dim + d]!
    return Math.exp(scale) * cosine
  }
  const all = Array.from({ length: pairs }, (_, i) => i)
  const logSum = (values: number[]) => Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0))
  const ofImages = all.map((i) => logSum(all.map((t) => logit(i, t))) - logit(i, i))
  const ofTexts = all.map((t) => logSum(all.map((i) => logit(i, t))) - logit(t, t))
  return [[...ofImages, ...ofTexts].reduce((a, b) => a + b, 0), 2 * pairs]
}

describe("contrastiveLoss", () => {
  it.each([
    [1, 8],
    [4, 24],
    [5, 17],
    [130, 3],
  ])("of %i pairs in %i dimensions equals its definition", async (pairs, dim) => {
    const device = await testDevice()
    const values = [randomValues(pairs * dim, 1), randomValues(pairs * dim, 2)] as const
    const loss = await evaluate(device, () =>
      contrastiveLoss(
        Tensor.from(device, values[0], [pairs, dim]),
        Tensor.from(device, values[1], [pairs, dim]),
        Tensor.from(device, Float32Array.of(1.3), []),
      ),
    )
    expectClose(loss, reference(...values, Math.fround(1.3), dim), 1e-5)
    expect(loss[1]).toBe(2 * pairs)
  })

  it("has gradients for images, texts and the scale", async () => {
    await expectGradients({
      device: await testDevice(),
      inputs: [
        { values: randomValues(30, 1), shape: [5, 6] },
        { values: randomValues(30, 2), shape: [5, 6] },
        { values: Float32Array.of(1.3), shape: [] },
      ],
      run: contrastiveLoss,
      reference: (images, texts, scale) => reference(images, texts, scale[0]!, 6),
    })
  })

  it("is smallest where pairs agree", async () => {
    const device = await testDevice()
    const values = randomValues(8 * 16)
    const loss = (of: (vectors: Tensor) => Tensor) =>
      evaluate(device, () => {
        const vectors = l2Normalize(Tensor.from(device, values, [8, 16]))
        return contrastiveLoss(vectors, of(vectors), Tensor.from(device, Float32Array.of(4.6), []))
      })
    const [paired] = await loss((vectors) => vectors)
    const [shuffled] = await loss((vectors) => l2Normalize(Tensor.from(vectors.device, values.toReversed(), [8, 16])))
    expect(paired).toBeLessThan(1)
    expect(shuffled).toBeGreaterThan(10)
  })

  it("refuses more images than texts", async () => {
    const device = await testDevice()
    using _ = device.scope()
    const [images, texts] = [Tensor.zeros(device, [3, 4]), Tensor.zeros(device, [2, 4])]
    expect(() => contrastiveLoss(images, texts, Tensor.zeros(device, []))).toThrow("shape")
  })
})
