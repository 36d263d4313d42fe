import { expect, test } from "vitest"
import { LogitsFilter } from "./logits-filter.ts"

const logits = () => Float32Array.from([0.5, 0.25, 0.125, 0.125].map(Math.log))
const endTokenIds = new Set([3])

test("notes what was chosen and what was likeliest, as the model saw it", () => {
  const filter = new LogitsFilter({ logProbabilities: 3, endTokenIds })
  const values = logits().map((value) => value + 5)
  filter.apply(values)
  const chosen = filter.push(2)!
  expect(Math.exp(chosen.logProbability)).toBeCloseTo(0.125, 6)
  expect(chosen.likeliest.map(({ tokenId }) => tokenId)).toEqual([0, 1, 2])
  expect(chosen.likeliest.map(({ logProbability }) => Math.exp(logProbability))).toEqual([
    expect.closeTo(0.5, 6),
    expect.closeTo(0.25, 6),
    expect.closeTo(0.125, 6),
  ])
  filter.apply(logits())
  expect(new LogitsFilter({ endTokenIds }).push(1)).toBeUndefined()
  expect(filter.push(0)?.likeliest).toHaveLength(3)
})

test("without likeliest tokens the chosen one alone", () => {
  const filter = new LogitsFilter({ logProbabilities: 0, endTokenIds })
  filter.apply(logits())
  expect(filter.push(1)).toEqual({ tokenId: 1, logProbability: expect.closeTo(Math.log(0.25), 6), likeliest: [] })
})

test("leaves only what the constraint allows, and the end where it may come", () => {
  const said: number[] = []
  const constraint = {
    allowed: () => (said.length === 0 ? Uint8Array.of(0, 1, 0, 0) : new Uint8Array(4)),
    get mayGoOn() {
      return said.length === 0
    },
    get mayEnd() {
      return said.length === 1
    },
    push: (id: number) => said.push(id),
  }
  const filter = new LogitsFilter({ constraint, logProbabilities: 1, endTokenIds })
  const values = logits()
  filter.apply(values)
  expect([...values].map(Number.isFinite)).toEqual([false, true, false, false])
  // Probabilities are those without the constraint.
  expect(filter.push(1)?.likeliest[0]?.tokenId).toBe(0)
  expect(filter.isOver).toBe(true)
  const end = logits()
  filter.apply(end)
  expect([...end].map(Number.isFinite)).toEqual([false, false, false, true])
  filter.push(3)
  expect(said).toEqual([1])
})

test("an error where nothing is allowed", () => {
  const constraint = { allowed: () => new Uint8Array(4), mayGoOn: true, mayEnd: false, push: () => undefined }
  const filter = new LogitsFilter({ constraint, endTokenIds })
  filter.apply(logits())
  expect(() => filter.push(0)).toThrow(expect.objectContaining({ code: "constraint-dead-end" }))
})
