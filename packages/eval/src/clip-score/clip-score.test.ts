import { expect, test } from "vitest"
import { clipScore } from "./clip-score.ts"

// Angles whose cosines are known: 60 degrees 0.5, 45 degrees 0.7071.
const east = [1, 0]
const north = [0, 3]
const northEast = [2, 2]
const sixty = [1, Math.sqrt(3)]

test("2.5 times the cosine, and nothing below 0", () => {
  const { scores, clipScore: mean } = clipScore([
    { id: "a", image: east, caption: sixty },
    { id: "b", image: east, caption: north },
    { id: "c", image: east, caption: [-1, 0] },
  ])
  expect([...scores.values()].map((score) => Number(score.toFixed(12)))).toEqual([1.25, 0, 0])
  expect(mean).toBe(0.4167)
})

test("with references: the harmonic mean with the nearest one", () => {
  const item = { id: "a", image: east, caption: northEast, references: [north, [-1, 0], east] }
  const score = 2.5 * Math.SQRT1_2
  const expected = (2 * score * Math.SQRT1_2) / (score + Math.SQRT1_2)
  expect(clipScore([item, { id: "b", image: east, caption: east }])).toMatchObject({
    refClipScore: Number(expected.toFixed(4)),
    captions: 2,
  })
  expect(clipScore([{ ...item, references: [[-1, -1]] }]).refClipScore).toBe(0)
  expect(clipScore([{ id: "a", image: east, caption: east }]).refClipScore).toBeNull()
})
