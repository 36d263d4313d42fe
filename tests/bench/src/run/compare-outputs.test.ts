import { expect, test } from "vitest"
import { compareOutputs } from "./compare-outputs.ts"

test("numbers differ by a fraction of the largest one", () => {
  expect(compareOutputs(Float32Array.of(1, -4), Float32Array.of(1, -4))).toBe(0)
  expect(compareOutputs(Float32Array.of(1.5, -4), Float32Array.of(1, -4))).toBe(0.125)
})

test("ids differ by how many of them do", () => {
  expect(compareOutputs(Int32Array.of(7, 8, 9, 9), Int32Array.of(7, 8, 9, 10))).toBe(0.25)
})

test("what cannot be compared is infinitely far", () => {
  expect(compareOutputs(Float32Array.of(1, Number.NaN), Float32Array.of(1, 2))).toBe(Number.POSITIVE_INFINITY)
  expect(compareOutputs(Float32Array.of(1, 2), Float32Array.of(1, Number.NaN))).toBe(Number.POSITIVE_INFINITY)
  expect(compareOutputs(Float32Array.of(1), Float32Array.of(1, 2))).toBe(Number.POSITIVE_INFINITY)
  expect(compareOutputs(Float32Array.of(1), Int32Array.of(1))).toBe(Number.POSITIVE_INFINITY)
  expect(compareOutputs(Float32Array.of(1), Float32Array.of(0))).toBe(Number.POSITIVE_INFINITY)
})
