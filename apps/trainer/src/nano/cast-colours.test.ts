import { SeededRandom } from "@llava/scenes"
import { expect, test } from "vitest"
import { castColours } from "./cast-colours.ts"

const pixels = Float32Array.from({ length: 3 * 16 }, (_, at) => Math.sin(at))

test("a cast scales and shifts each colour as a whole", () => {
  const cast = castColours(pixels, new SeededRandom(1))
  const gains = [0, 1, 2].map((channel) => {
    const [a, b] = [channel * 16, channel * 16 + 1]
    const gain = (cast[b]! - cast[a]!) / (pixels[b]! - pixels[a]!)
    const offset = cast[a]! - gain * pixels[a]!
    expect(gain).toBeGreaterThan(0.59)
    expect(gain).toBeLessThan(1.41)
    expect(Math.abs(offset)).toBeLessThan(0.51)
    for (let at = a; at < a + 16; at++) expect(cast[at]).toBeCloseTo(gain * pixels[at]! + offset, 4)
    return gain
  })
  expect(new Set(gains.map((gain) => gain.toFixed(3))).size).toBe(3)
})

test("casts are of the seed, and leave the picture itself as it is", () => {
  const before = Float32Array.from(pixels)
  expect(castColours(pixels, new SeededRandom(2))).toEqual(castColours(pixels, new SeededRandom(2)))
  expect(castColours(pixels, new SeededRandom(2))).not.toEqual(castColours(pixels, new SeededRandom(3)))
  expect(pixels).toEqual(before)
})
