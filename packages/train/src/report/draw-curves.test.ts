import { describe, expect, it } from "vitest"
import { drawCurves } from "./draw-curves.ts"
import { thinCurve } from "./thin-curve.ts"
import { ticks } from "./ticks.ts"

const line = (ys: readonly number[]) => ys.map((y, index) => ({ x: index + 1, y }))

describe("drawCurves", () => {
  it("puts the greatest value at the top and the least at the bottom", () => {
    const svg = drawCurves("Loss", [{ name: "training", points: line([4, 2, 3]) }])
    const places = /points="([^"]+)"/
      .exec(svg)![1]!
      .split(" ")
      .map((point) => point.split(",").map(Number))
    const [first, second, third] = places as [number[], number[], number[]]
    expect(first[0]).toBeLessThan(second[0]!)
    expect(first[1]).toBe(30)
    expect(second[1]).toBe(214)
    expect(third[1]).toBe(122)
  })

  it("draws nothing for nothing, a dot for one point, and a level line for equal values", () => {
    expect(drawCurves("Loss", [{ name: "training", points: [] }])).toBe("")
    expect(drawCurves("Loss", [{ name: "training", points: line([2]) }])).toContain("<circle")
    for (const values of [[2], [2, 2, 2], [0, 0]]) {
      expect(drawCurves("a < b", [{ name: "training", points: line(values) }])).not.toMatch(/NaN|Infinity|a < b/)
    }
  })
})

it("thins curves by means, so that no more points are drawn than are seen", () => {
  const thin = thinCurve(line(Array.from({ length: 1000 }, (_, index) => index % 2)), 100)
  expect(thin).toHaveLength(100)
  expect(thin.every(({ y }) => y === 0.5)).toBe(true)
  expect(thinCurve(line([1, 2]), 100)).toEqual(line([1, 2]))
})

it("marks axes at round numbers", () => {
  expect(ticks(0, 10, 4)).toEqual([0, 5, 10])
  expect(ticks(0.93, 1.31, 4)).toEqual([1, 1.1, 1.2000000000000002, 1.3])
  expect(ticks(3, 3, 4)).toEqual([3])
})
