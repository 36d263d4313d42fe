import { expect, it } from "vitest"
import { samplingProbabilities } from "./sampling-probabilities.ts"

const none = { temperature: 1, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1 }
const logits = Float32Array.from([0.5, 0.25, 0.125, 0.125].map(Math.log))
const rounded = (values: Float64Array) => Array.from(values, (value) => Math.round(value * 1e6) / 1e6)

it("gives the softmax without filters", () => {
  expect(rounded(samplingProbabilities(logits, [], none))).toEqual([0.5, 0.25, 0.125, 0.125])
})

it("keeps ties at the k-th place", () => {
  expect(rounded(samplingProbabilities(logits, [], { ...none, topK: 3 }))).toEqual([0.5, 0.25, 0.125, 0.125])
  expect(rounded(samplingProbabilities(logits, [], { ...none, topK: 1 }))).toEqual([1, 0, 0, 0])
})

it("keeps the fewest tokens that reach top-p, and always one", () => {
  expect(rounded(samplingProbabilities(logits, [], { ...none, topP: 0.7 }))).toEqual([0.666667, 0.333333, 0, 0])
  expect(rounded(samplingProbabilities(logits, [], { ...none, topP: 0 }))).toEqual([1, 0, 0, 0])
})

it("measures min-p against the likeliest", () => {
  expect(rounded(samplingProbabilities(logits, [], { ...none, minP: 0.4 }))).toEqual([0.666667, 0.333333, 0, 0])
})

it("penalises each token that occurred once, whatever its sign", () => {
  const penalised = samplingProbabilities(Float32Array.of(2, -2, 0), [0, 0, 1], { ...none, repetitionPenalty: 2 })
  const weights = [1, -4, 0].map(Math.exp)
  const sum = weights.reduce((total, weight) => total + weight)
  expect(rounded(penalised)).toEqual(weights.map((weight) => Math.round((weight / sum) * 1e6) / 1e6))
})
