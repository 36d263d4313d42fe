import { readFileSync } from "node:fs"
import sharp from "sharp"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { decodeImage } from "./decode-image.ts"
import { withoutExif } from "./without-exif.ts"

const images = (name: string) => new Uint8Array(readFileSync(fixturePath("image-processor-formats", "images", name)))

test.each([
  ["JPEG", () => images("rgb-rotated-by-exif.jpg")],
  ["PNG", () => images("rgb-rotated-by-exif.png")],
  [
    "WebP",
    async () =>
      new Uint8Array(
        await sharp(images("rgb.webp")).withMetadata({ orientation: 6 }).webp({ lossless: true }).toBuffer(),
      ),
  ],
] as const)("%s loses its orientation and keeps its pixels", async (format, load) => {
  const original = await load()
  expect((await sharp(original).metadata()).orientation).toBe(6)
  const stripped = withoutExif(original, format)
  expect((await sharp(stripped).metadata()).orientation).toBeUndefined()
  expect(await decodeImage(stripped)).toEqual(await decodeImage(original))
})

test.each(["JPEG", "PNG", "WebP", "GIF"] as const)("damaged %s bytes come back", (format) => {
  for (const length of [0, 1, 11, 12, 40]) {
    const bytes = new Uint8Array(length).fill(0xff)
    expect(withoutExif(bytes, format)).toEqual(bytes)
  }
})
