import { expect, it } from "vitest"
import { placeTerm } from "./place-term.ts"

it("tells nine cells apart, rows in the first half, columns in the second", () => {
  const size = 16
  const term = placeTerm(size)
  const cell = (index: number) => [...term.slice(index * size, (index + 1) * size)]
  expect(new Set(Array.from({ length: 9 }, (_, index) => cell(index).join())).size).toBe(9)
  expect(cell(3).slice(0, 8)).toEqual(cell(5).slice(0, 8))
  expect(cell(1).slice(8)).toEqual(cell(7).slice(8))
  expect(cell(0)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1])
  expect(cell(4)[0]).toBeCloseTo(Math.sin(1), 6)
})
