import { expect, it } from "vitest"
import { retrievePairs } from "./retrieve-pairs.ts"

const axis = (index: number) => Float32Array.from({ length: 4 }, (_, i) => (i === index ? 1 : 0))
const words = [0, 1, 2, 3].map(axis)

it("finds texts and pictures by their patches", () => {
  const texts = [[0, 3], [1, 3], [2]]
  const patches = texts.map((text) => text.map(axis))
  expect(retrievePairs({ patches, words, texts })).toEqual({ toText: 3, toPicture: 3 })
})

it("counts what is mistaken, each way by itself", () => {
  // The second picture shows the first's thing; patches of the first fit its own text alone.
  const patches = [[axis(0)], [axis(0)], [axis(2)]]
  expect(retrievePairs({ patches, words, texts: [[0], [1], [2]] })).toEqual({ toText: 2, toPicture: 2 })
  // Both words of the first text are found in the second picture, one of them in the first.
  const both = [[axis(0)], [axis(0), axis(1)]]
  expect(retrievePairs({ patches: both, words, texts: [[0, 1], [2]] })).toEqual({ toText: 1, toPicture: 0 })
})

it("takes texts of the same words for one", () => {
  const patches = [
    [axis(0), axis(1)],
    [axis(1), axis(0)],
  ]
  const texts = [
    [0, 1],
    [1, 0],
  ]
  expect(retrievePairs({ patches, words, texts })).toEqual({ toText: 2, toPicture: 2 })
})
