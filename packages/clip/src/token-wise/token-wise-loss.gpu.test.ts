import { Tensor } from "@llava/tensor"
import { describe, expect, it } from "vitest"
import { evaluate, expectClose, expectGradients, randomValues, testDevice } from "#testing"
import { tokenWiseLoss } from "./token-wise-loss.ts"
import { tokenWiseSimilarity, tokenWiseSimilarityReference } from "./token-wise-similarity.ts"

type Sizes = readonly [pairs: number, patches: number, words: number, dim: number]

/** As the paper has it, in float64. */
function reference(
  patches: ArrayLike<number>,
  words: ArrayLike<number>,
  scale: number,
  counts: readonly number[],
  [pairs, patchCount, wordCount, dim]: Sizes,
): [number, number] {
  const products = new Float64Array(pairs * patchCount * pairs * wordCount)
  for (let row = 0; row < pairs * patchCount; row++) {
    for (let column = 0; column < pairs * wordCount; column++) {
      let cosine = 0
      for (let d = 0; d < dim; d++) cosine += patches[row * dim + d]! * words[column * dim + d]!
      products[row * pairs * wordCount + column] = cosine
    }
  }
  const similar = tokenWiseSimilarityReference(products, [pairs, patchCount, pairs, wordCount], counts)
  const all = Array.from({ length: pairs }, (_, i) => i)
  const logit = (half: number, image: number, text: number) =>
    Math.exp(scale) * similar[(half * pairs + image) * pairs + text]!
  const logSum = (values: number[]) => Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0))
  const ofImages = all.map((i) => logSum(all.map((t) => logit(0, i, t))) - logit(0, i, i))
  const ofTexts = all.map((t) => logSum(all.map((i) => logit(1, i, t))) - logit(1, t, t))
  return [[...ofImages, ...ofTexts].reduce((a, b) => a + b, 0), 2 * pairs]
}

const countsOf = ([pairs, , words]: Sizes) => Array.from({ length: pairs }, (_, i) => 1 + ((i * 2) % words))

function inputs([pairs, patches, words, dim]: Sizes) {
  return [
    { values: randomValues(pairs * patches * dim, 1), shape: [pairs, patches, dim] },
    { values: randomValues(pairs * words * dim, 2), shape: [pairs, words, dim] },
    { values: Float32Array.of(0.7), shape: [] },
  ] as const
}

const run = (sizes: Sizes) => (patches: Tensor, words: Tensor, logitScale: Tensor) => {
  const wordCounts = Tensor.from(patches.device, Int32Array.from(countsOf(sizes)), [sizes[0]])
  return tokenWiseLoss({ patches, words, wordCounts, logitScale })
}

describe("tokenWiseLoss", () => {
  it.each<Sizes>([
    [1, 1, 1, 8],
    [4, 3, 2, 12],
    [5, 9, 4, 7],
    [70, 2, 3, 5],
  ])("of %i pairs with %i patches and %i words in %i dimensions equals its definition", async (...sizes) => {
    const device = await testDevice()
    const [patches, words, scale] = inputs(sizes)
    const loss = await evaluate(device, () => {
      const [a, b, c] = [patches, words, scale].map(({ values, shape }) => Tensor.from(device, values, shape))
      return run(sizes)(a!, b!, c!)
    })
    expectClose(loss, reference(patches.values, words.values, Math.fround(0.7), countsOf(sizes), sizes), 1e-5)
  })

  it("has gradients for patches, words and the scale", async () => {
    const sizes = [4, 3, 3, 6] as const
    await expectGradients({
      device: await testDevice(),
      inputs: inputs(sizes),
      run: run(sizes),
      reference: (patches, words, scale) => reference(patches!, words!, scale![0]!, countsOf(sizes), sizes),
    })
  })

  it("does not look at padding", async () => {
    const device = await testDevice()
    const similarities = (padding: number) =>
      evaluate(device, () => {
        const products = Tensor.from(device, Float32Array.of(0.5, padding, 0.25, padding), [1, 2, 1, 2])
        return tokenWiseSimilarity(products, Tensor.from(device, Int32Array.of(1), [1]))
      })
    expect(await similarities(9)).toEqual(await similarities(-9))
  })
})
