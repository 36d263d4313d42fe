import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { z } from "zod"
import { fixturePath, withReference } from "#testing"
import { decodeImage } from "./decode-image.ts"
import type { ImageSpec, RgbImage } from "./image-types.ts"
import { normalizeImage } from "./normalize-image.ts"
import { parseImageProcessorConfig } from "./parse-image-processor-config.ts"
import { prepareImage } from "./prepare-image.ts"
import { preprocessImage } from "./preprocess-image.ts"
import { resizeImage } from "./resize-image.ts"

const rgb = z.tuple([z.number(), z.number(), z.number()])
const goldenSchema = z.object({
  mean: rgb,
  std: rgb,
  cases: z.array(
    z.object({
      image: z.string(),
      size: z.number(),
      mode: z.enum(["crop", "pad"]),
      tensor: z.string(),
      normalised_sum: z.number(),
      normalised_first: z.array(z.number()),
    }),
  ),
  resizes: z
    .array(
      z.object({
        image: z.string(),
        width: z.number(),
        height: z.number(),
        resample: z.enum(["nearest", "bilinear", "bicubic"]),
        tensor: z.string(),
      }),
    )
    .default([]),
})
const headerSchema = z.record(
  z.string(),
  z.object({ shape: z.array(z.number()), data_offsets: z.tuple([z.number(), z.number()]) }),
)

function openGolden(folder: string) {
  const golden = goldenSchema.parse(JSON.parse(readFileSync(fixturePath(folder, "golden.json"), "utf8")))
  const file = readFileSync(fixturePath(folder, "golden.safetensors"))
  const headerEnd = 8 + Number(file.readBigUInt64LE(0))
  const { __metadata__: _, ...header } = JSON.parse(file.toString("utf8", 8, headerEnd))
  const entries = headerSchema.parse(header)
  /** [3, height, width] in the file. */
  const image = (name: string): RgbImage => {
    const { shape, data_offsets } = entries[name]!
    const [, height, width] = shape as [number, number, number]
    const planes = file.subarray(headerEnd + data_offsets[0], headerEnd + data_offsets[1])
    const data = new Uint8Array(planes.length)
    for (let i = 0; i < data.length; i++) data[i] = planes[(i % 3) * width * height + Math.floor(i / 3)]!
    return { width, height, data }
  }
  const decoded = Object.keys(entries).filter((name) => name.startsWith("decoded."))
  return { golden, image, pictures: decoded.map((name) => name.slice("decoded.".length)) }
}

/** Lossy codecs may round differently by one level; everything else is exact. */
function allowedDifference(picture: string): number {
  return picture.endsWith(".jpg") || picture === "rgb.webp" ? 1 : 0
}

function largestDifference(actual: RgbImage, expected: RgbImage): number {
  if (actual.width !== expected.width || actual.height !== expected.height) return Number.POSITIVE_INFINITY
  let largest = 0
  for (let i = 0; i < expected.data.length; i++) {
    largest = Math.max(largest, Math.abs(actual.data[i]! - expected.data[i]!))
  }
  return largest
}

describe.each(["image-processor", "image-processor-formats"])("%s", (folder) => {
  const { golden, image, pictures } = openGolden(folder)
  const spec = (size: number): ImageSpec => ({ size, mean: golden.mean, std: golden.std, resample: "bicubic" })

  test.for(pictures)("decodes %s as Pillow", async (picture, context) => {
    const path =
      picture === "waterview.jpg"
        ? withReference(context, "goldens", folder, "images", picture)
        : fixturePath(folder, "images", picture)
    const difference = largestDifference(await decodeImage(path), image(`decoded.${picture}`))
    expect(difference).toBeLessThanOrEqual(allowedDifference(picture))
  })

  test.each(golden.cases)("prepares $tensor to the byte", (item) => {
    const mode = item.mode === "pad" ? "pad" : "square"
    const prepared = prepareImage(image(`decoded.${item.image}`), spec(item.size), mode)
    expect(largestDifference(prepared, image(item.tensor))).toBe(0)

    const normalised = normalizeImage(prepared, spec(item.size))
    expect(Array.from(normalised.subarray(0, 4))).toEqual(item.normalised_first)
    const sum = normalised.reduce((total, value) => total + value, 0)
    expect(Math.abs(sum - item.normalised_sum)).toBeLessThan(1e-6 * normalised.length)
  })

  test.each(golden.resizes)("resizes $tensor to the byte", (item) => {
    const resized = resizeImage(image(`decoded.${item.image}`), item.width, item.height, item.resample)
    expect(largestDifference(resized, image(item.tensor))).toBe(0)
  })
})

test("goes from a file to pixel values in one call", async () => {
  const { golden } = openGolden("image-processor")
  const item = golden.cases.find(({ image, mode }) => image === "drawn-333x217.png" && mode === "pad")!
  const spec = parseImageProcessorConfig({ size: item.size, crop_size: item.size })
  const path = fixturePath("image-processor", "images", item.image)
  const pixels = await preprocessImage(path, spec, "pad")
  expect(pixels.length).toBe(3 * item.size * item.size)
  expect(Array.from(pixels.subarray(0, 4))).toEqual(item.normalised_first)
})
