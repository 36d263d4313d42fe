import { describe, expect, test } from "vitest"
import { centerCrop } from "./center-crop.ts"
import { ImageError } from "./image-error.ts"
import type { ImageSpec, Resample, RgbImage } from "./image-types.ts"
import { normalizeImage } from "./normalize-image.ts"
import { padToSquare } from "./pad-to-square.ts"
import { prepareImage } from "./prepare-image.ts"
import { resizeImage } from "./resize-image.ts"
import { shortestEdgeSize } from "./shortest-edge-size.ts"

const clip: Omit<ImageSpec, "size" | "resample"> = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
}
const filters: Resample[] = ["bicubic", "bilinear", "nearest"]

/** Noise that is the same in every run. */
function noise(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3)
  for (let i = 0, state = 7; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    data[i] = state >>> 24
  }
  return { width, height, data }
}

/** The definition, in whole steps: pad, resize everything, crop. */
function stepByStep(image: RgbImage, spec: ImageSpec, mode: "square" | "pad"): RgbImage {
  const whole = mode === "pad" ? padToSquare(image, [122, 116, 104]) : image
  const { width, height } = shortestEdgeSize(whole.width, whole.height, spec.size)
  return centerCrop(resizeImage(whole, width, height, spec.resample), spec.size, spec.size)
}

describe.each(filters)("%s", (resample) => {
  test.each([
    [1, 1],
    [2, 1],
    [1, 7],
    [53, 37],
    [37, 53],
    [31, 30],
    [300, 2],
    [2, 300],
    [140, 150],
    [129, 65],
    [60, 200],
    [16, 16],
  ])("%d x %d: what is computed of the parts equals the parts of the whole", (width, height) => {
    const image = noise(width, height)
    for (const size of [1, 7, 16, 45]) {
      for (const mode of ["square", "pad"] as const) {
        const spec = { ...clip, size, resample }
        const prepared = prepareImage(image, spec, mode)
        expect([prepared.width, prepared.height]).toEqual([size, size])
        expect(Buffer.compare(prepared.data, stepByStep(image, spec, mode).data)).toBe(0)
      }
    }
  })

  test("one colour stays that colour at every size", () => {
    const image = padToSquare({ width: 1, height: 1, data: Uint8Array.of(3, 128, 255) }, [0, 0, 0])
    for (const [width, height] of [
      [1, 1],
      [5, 9],
      [100, 3],
    ] as const) {
      const { data } = resizeImage(image, width, height, resample)
      expect(data.every((value, i) => value === [3, 128, 255][i % 3])).toBe(true)
    }
  })
})

test("a strip of a million pixels is prepared without its square of 3 TB", () => {
  const strip = noise(1_000_000, 1)
  const spec: ImageSpec = { ...clip, size: 16, resample: "bicubic" }
  expect(prepareImage(strip, spec, "square").data.length).toBe(16 * 16 * 3)
  expect(Array.from(prepareImage(strip, spec, "pad").data.subarray(0, 3))).toEqual([122, 116, 104])
})

test("what cannot be padded is refused", () => {
  const strip = { width: 10_000_000, height: 1, data: new Uint8Array(30_000_000) }
  const prepare = () => prepareImage(strip, { ...clip, size: 336, resample: "bicubic" }, "pad")
  expect(prepare).toThrow(ImageError)
  expect(prepare).toThrow(/10000000 x 1 is too long/)
})

test("stretch resizes both edges", () => {
  const image = noise(40, 20)
  const prepared = prepareImage(image, { ...clip, size: 10, resample: "bilinear", fit: "stretch" }, "square")
  expect(prepared).toEqual(resizeImage(image, 10, 10, "bilinear"))
})

test("padToSquare puts an odd remainder to the right or the bottom", () => {
  const pixel = { width: 1, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }
  expect(Array.from(padToSquare(pixel, [7, 8, 9]).data)).toEqual([1, 2, 3, 7, 8, 9, 4, 5, 6, 7, 8, 9])
  const row = { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }
  expect(Array.from(padToSquare(row, [7, 8, 9]).data)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 7, 8, 9])
})

test("centerCrop surrounds a smaller image with black, the larger part first", () => {
  const pixel = { width: 1, height: 3, data: Uint8Array.of(1, 1, 1, 2, 2, 2, 3, 3, 3) }
  expect(Array.from(centerCrop(pixel, 4, 1).data)).toEqual([0, 0, 0, 0, 0, 0, 2, 2, 2, 0, 0, 0])
})

test("shortestEdgeSize rounds down", () => {
  expect(shortestEdgeSize(1000, 667, 224)).toEqual({ width: 335, height: 224 })
  expect(shortestEdgeSize(667, 1000, 336)).toEqual({ width: 336, height: 503 })
  expect(shortestEdgeSize(5, 5, 3)).toEqual({ width: 3, height: 3 })
})

test("normalised values are finite and planar", () => {
  const image: RgbImage = { width: 2, height: 1, data: Uint8Array.of(0, 128, 255, 255, 128, 0) }
  const values = normalizeImage(image, { mean: [0, 0.5, 1], std: [1, 0.5, 2] })
  const middle = (Math.fround(128 / 255) - 0.5) / 0.5
  expect(Array.from(values)).toEqual([0, 1, middle, middle, 0, -0.5])
  expect(normalizeImage(noise(16, 16), clip).every(Number.isFinite)).toBe(true)
})

test.each([
  [0, 5],
  [5, 1.5],
  [Number.NaN, 5],
])("a resize to %d x %d is refused", (width, height) => {
  expect(() => resizeImage(noise(4, 4), width, height, "bicubic")).toThrow(ImageError)
})
