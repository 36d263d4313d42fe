import { existsSync } from "node:fs"
import { open } from "node:fs/promises"
import { join } from "node:path"
import { decodeImage, type ImageSpec, normalizeImage, prepareImage, type RgbImage, resizeImage } from "@llava/core"
import { z } from "zod"
import type { Fixture } from "../fixture.ts"
import type { CheckContext, KindCheck } from "../kind-check.ts"
import { tolerances } from "../tolerances.ts"

const rgb = z.tuple([z.number(), z.number(), z.number()])
const caseSchema = z.looseObject({
  image: z.string(),
  size: z.int().positive(),
  mode: z.enum(["crop", "pad"]),
  tensor: z.string(),
  normalised_sum: z.number().optional(),
  normalised_first: z.array(z.number()).optional(),
})
const resizeSchema = z.looseObject({
  image: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  resample: z.enum(["nearest", "bilinear", "bicubic"]),
  tensor: z.string(),
})
const goldenSchema = z.looseObject({
  mean: rgb,
  std: rgb,
  cases: z.array(caseSchema).default([]),
  resizes: z.array(resizeSchema).default([]),
})

/** Decoding, padding, resizing, cropping and normalising pictures. */
export const checkImageProcessor: KindCheck = async (context) => {
  const { fixture, report } = context
  const { mean, std, cases, resizes } = goldenSchema.parse(fixture.golden)
  const folder = fixture.need("images") ?? fixture.folder
  const decoded = new Map<string, RgbImage>()
  for (const name of fixture.namesOf("decoded.")) {
    const picture = name.slice("decoded.".length)
    const expected = await readPicture(fixture, name)
    decoded.set(picture, expected)
    await report.section(name, () => checkDecoding(context, name, join(folder, picture), expected))
  }
  /** Steps after decoding start from the pixels they were made from, where the fixture has them. */
  const pictureOf = async (image: string) => decoded.get(image) ?? decodeImage(join(folder, image))
  for (const item of cases) {
    await report.section(item.tensor, async () => {
      const spec: ImageSpec = { size: item.size, mean, std, resample: "bicubic" }
      checkCase(context, await pictureOf(item.image), await readPicture(fixture, item.tensor), item, spec)
    })
  }
  for (const item of resizes) {
    await report.section(item.tensor, async () => {
      const resized = resizeImage(await pictureOf(item.image), item.width, item.height, item.resample)
      report.equal(item.tensor, resized.data, (await readPicture(fixture, item.tensor)).data)
    })
  }
}

/** `[3, height, width]` in the file. */
async function readPicture(fixture: Fixture, name: string): Promise<RgbImage> {
  const [, height, width] = fixture.shape(name) as [number, number, number]
  const planes = await fixture.bytes(name)
  const data = new Uint8Array(planes.length)
  for (let i = 0; i < data.length; i++) data[i] = planes[(i % 3) * width * height + Math.floor(i / 3)]!
  return { width, height, data }
}

async function checkDecoding(
  { fixture, report }: CheckContext,
  name: string,
  path: string,
  expected: RgbImage,
): Promise<void> {
  if (!existsSync(path)) {
    report.absent(name, fixture.display(path))
    return
  }
  const actual = await decodeImage(path)
  report.equal(`${name}, size`, [actual.width, actual.height], [expected.width, expected.height])
  report.equal(name, actual.data, expected.data, { within: (await isLossy(path)) ? 1 : 0 })
}

/** Decoders of JPEG and lossy WebP may round differently by one level. */
async function isLossy(path: string): Promise<boolean> {
  await using file = await open(path)
  const { buffer } = await file.read(Buffer.alloc(16), 0, 16, 0)
  const isJpeg = buffer.readUInt16BE(0) === 0xffd8
  return isJpeg || buffer.toString("latin1", 8, 16) === "WEBPVP8 "
}

function checkCase(
  { report }: CheckContext,
  picture: RgbImage,
  expected: RgbImage,
  { tensor, mode, normalised_first, normalised_sum }: z.output<typeof caseSchema>,
  spec: ImageSpec,
): void {
  const prepared = prepareImage(picture, spec, mode === "pad" ? "pad" : "square")
  report.equal(tensor, prepared.data, expected.data)
  const values = normalizeImage(prepared, spec)
  const cpu = (value: ArrayLike<number>) => ({ value, dispatches: undefined })
  if (normalised_first) {
    const first = values.subarray(0, normalised_first.length)
    report.close(`${tensor}, first normalised`, cpu(first), normalised_first, tolerances.pixels)
  }
  if (normalised_sum === undefined) return
  // A sum of values of both signs is as exact as its terms: the mean is compared.
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  report.close(`${tensor}, mean normalised`, cpu([mean]), [normalised_sum / values.length], tolerances.probabilities)
}
