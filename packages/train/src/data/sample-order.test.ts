import { expect, it } from "vitest"
import { evenChunks } from "./even-chunks.ts"
import { sampleOrder } from "./sample-order.ts"

/** Every third sample is text alone; sizes from 1 to 40. */
const sizeHint = (index: number) => (index % 3 === 0 ? -1 : 1) * (1 + ((index * 17) % 40))
const dataset = { length: 203, sizeHint }
const size = (index: number) => Math.abs(sizeHint(index))
const batchesOf = (order: Int32Array, length: number) =>
  Array.from({ length: Math.ceil(order.length / length) }, (_, step) => [
    ...order.subarray(step * length, (step + 1) * length),
  ])

it.each(["none", "length", "modality-length"] as const)("%s: each sample once, by seed and epoch alone", (grouping) => {
  const order = (seed: number, epoch: number) => sampleOrder(dataset, { grouping, batchSize: 8, seed }, epoch)
  expect([...order(1, 0)].sort((a, b) => a - b)).toEqual(Array.from({ length: 203 }, (_, index) => index))
  expect(order(1, 0)).toEqual(order(1, 0))
  expect(order(1, 1)).not.toEqual(order(1, 0))
  expect(order(2, 0)).not.toEqual(order(1, 0))
})

it("modality-length: steps of one kind, in micro-batches of like length, the rest at the end in order", () => {
  const recipe = { grouping: "modality-length", batchSize: 8, microBatchSize: 2, seed: 3 } as const
  const order = sampleOrder(dataset, recipe, 0)
  // 135 with images and 68 without: 16 and 8 whole steps, then 7 and 4 samples.
  const steps = batchesOf(order.subarray(0, 192), 8)
  for (const step of steps) {
    expect(new Set(step.map((index) => Math.sign(sizeHint(index)))).size).toBe(1)
    const dealt = evenChunks(
      step.toSorted((a, b) => size(b) - size(a)),
      size,
      4,
    )
    const sums = (chunks: number[][]) => chunks.map((chunk) => chunk.reduce((sum, index) => sum + size(index), 0))
    expect(sums(batchesOf(Int32Array.from(step), 2))).toEqual(sums(dealt))
  }
  const kinds = steps.map(([first]) => Math.sign(sizeHint(first!)))
  expect(kinds.filter((kind) => kind < 0)).toHaveLength(8)
  expect(kinds.slice(0, 16)).toContain(-1)
  const rest = [...order.subarray(192)]
  expect(rest).toEqual(rest.toSorted((a, b) => a - b))
  const images = { length: 20, sizeHint: size }
  expect(new Set(sampleOrder(images, recipe, 0))).toEqual(new Set(Array.from({ length: 20 }, (_, index) => index)))
})

it("length: sorted over several steps, the longest of all first", () => {
  const order = [...sampleOrder(dataset, { grouping: "length", batchSize: 8, seed: 3 }, 0)]
  const words = (index: number) => (sizeHint(index) < 0 ? size(index) : size(index) + 128)
  expect(words(order[0]!)).toBe(Math.max(...order.map(words)))
  // 203 samples are 6 steps of 8 at a time; the first of all has changed places with another first.
  const megas = batchesOf(Int32Array.from(order), 48)
  for (const mega of megas) {
    const sizes = mega.slice(1).map(words)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
  }
})

it("deals a batch to parts of like length", () => {
  // llava_trainer.py: split_to_even_chunks([0, 1, 2, 3, 4, 5], [9, 7, 5, 4, 2, 1], 2) and of five samples.
  const sizes = [9, 7, 5, 4, 2, 1]
  const of = (indices: number[]) => evenChunks(indices, (index) => sizes[index]!, 2)
  expect(of([0, 1, 2, 3, 4, 5])).toEqual([
    [0, 3, 5],
    [1, 2, 4],
  ])
  expect(of([0, 1, 2, 3, 4])).toEqual([
    [0, 2, 4],
    [1, 3],
  ])
})
