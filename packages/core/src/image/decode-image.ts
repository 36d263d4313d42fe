import { decodePixels } from "#platform/decode-pixels"
import { checkRgbImage } from "./check-rgb-image.ts"
import { ImageError } from "./image-error.ts"
import { imageFormat } from "./image-format.ts"
import type { ImageInput, RgbImage } from "./image-types.ts"
import { readImageBytes } from "./read-image-bytes.ts"

export interface DecodeImageOptions {
  /** Most pixels (width x height) that are decoded. Default: 100 million. */
  readonly maxPixels?: number
  /** Most bytes of a file or download that are read. Default: 256 MiB. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
  /** What errors call the picture. Default: its path, its URL, its file name, or "the image". */
  readonly name?: string
}

/**
 * Decodes a picture to RGB with the pixel values of Pillow's `Image.open(file).convert("RGB")`: alpha is dropped (not
 * blended), EXIF orientation and colour profiles are not applied, grey and palette pictures become RGB, CMYK is
 * converted without a profile, of an animation the first frame counts. Unlike in Pillow, 16-bit grey keeps its upper
 * eight bits, as 16-bit colour does (Pillow clips it to white).
 *
 * JPEG, PNG, WebP, GIF and AVIF everywhere; TIFF in Node, where the package `sharp` decodes. The format is recognised
 * by content. An {@link RgbImage} is checked and passed through.
 *
 * A string may name any local file in Node and any address: programs that take it from strangers check it first.
 *
 * @throws {ImageError} `image-not-found`, `image-unreadable`, `image-fetch-failed`, `image-empty`,
 *   `image-unsupported`, `image-corrupt`, `image-too-large`, `image-invalid`, `image-decoder-missing`;
 *   the reason of `signal` when it aborts
 */
export async function decodeImage(input: ImageInput, options: DecodeImageOptions = {}): Promise<RgbImage> {
  const { maxPixels = 100_000_000, maxBytes = 256 * 2 ** 20, signal } = options
  signal?.throwIfAborted()
  if (isRgbImage(input)) return checkRgbImage(input)

  const { bytes, name: ownName } = await readImageBytes(input, { maxBytes, signal })
  const name = options.name ?? ownName
  if (bytes.length === 0) {
    throw new ImageError(`${name} is empty (0 bytes).`, { code: "image-empty", fix: "Give a complete image file." })
  }
  const guess = imageFormat(bytes)
  if (!guess.format) {
    const what = guess.name
      ? `cannot be read: its format is ${guess.name}`
      : `is no image of a known format (it begins with the bytes ${hex(bytes.subarray(0, 8))})`
    throw new ImageError(`${name} ${what}.`, {
      code: "image-unsupported",
      fix: "Convert it to PNG, JPEG, WebP, GIF or AVIF.",
    })
  }
  const image = await decodePixels(bytes, guess.format, name, (width, height) => {
    signal?.throwIfAborted()
    checkSize(name, width, height, maxPixels)
  })
  signal?.throwIfAborted()
  return checkRgbImage(image)
}

function isRgbImage(input: ImageInput): input is RgbImage {
  return typeof input === "object" && input !== null && "width" in input && "height" in input && "data" in input
}

function checkSize(name: string, width: number, height: number, maxPixels: number): void {
  if (width * height <= maxPixels) return
  const millions = (pixels: number) => `${(pixels / 1e6).toLocaleString("en", { maximumFractionDigits: 6 })} million`
  throw new ImageError(
    `${name} is ${width} x ${height} = ${millions(width * height)} pixels; the limit is ${millions(maxPixels)} (maxPixels).`,
    { code: "image-too-large", fix: "Make the picture smaller, or raise maxPixels if there is memory for it." },
  )
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ")
}
