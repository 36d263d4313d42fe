import type { Metadata, Sharp } from "sharp"
import { cmykToRgb } from "../image/cmyk-to-rgb.ts"
import { corruptImage } from "../image/corrupt-image.ts"
import { dropAlpha } from "../image/drop-alpha.ts"
import { gifHiddenColor } from "../image/gif-hidden-color.ts"
import { ImageError } from "../image/image-error.ts"
import type { ImageFormat } from "../image/image-format.ts"
import type { RgbImage } from "../image/image-types.ts"

/**
 * Decodes with sharp (libvips). `checkSize` is told the size before the pixels are decoded, and throws to refuse.
 * @throws {ImageError} `image-corrupt`, `image-decoder-missing`
 */
export async function decodePixels(
  bytes: Uint8Array,
  format: ImageFormat,
  name: string,
  checkSize: (width: number, height: number) => void,
): Promise<RgbImage> {
  const sharp = await loadSharp()
  // The size has its own check with a message of ours; warnings (stray bytes between markers) are no reason to refuse.
  const source = sharp(bytes, { limitInputPixels: false, ignoreIcc: true, failOn: "error" })
  const metadata = await orCorrupt(source.metadata(), format, name)
  checkSize(metadata.width, metadata.height)
  return orCorrupt(toRgb(source, metadata, format, bytes), format, name)
}

async function toRgb(source: Sharp, metadata: Metadata, format: ImageFormat, bytes: Uint8Array): Promise<RgbImage> {
  if (metadata.space === "cmyk") {
    // libvips would go through a colour profile; Pillow multiplies.
    const { data, info } = await source
      .pipelineColourspace("cmyk")
      .toColourspace("cmyk")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, data: cmykToRgb(data, info.channels) }
  }
  if (format === "GIF" && metadata.hasAlpha) {
    // libvips clears the colour of transparent GIF pixels; it comes back here.
    const { data, info } = await source.ensureAlpha().toColourspace("srgb").raw().toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, data: dropAlpha(data, gifHiddenColor(bytes)) }
  }
  const { data, info } = await source.removeAlpha().toColourspace("srgb").raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) }
}

async function loadSharp(): Promise<typeof import("sharp").default> {
  try {
    return (await import("sharp")).default
  } catch (cause) {
    throw new ImageError("Decoding images in Node needs the package sharp, which cannot be loaded.", {
      code: "image-decoder-missing",
      fix: "Run: npm install sharp",
      cause,
    })
  }
}

async function orCorrupt<T>(work: Promise<T>, format: ImageFormat, name: string): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw corruptImage(name, format, lastLine(cause), cause)
  }
}

/** libvips reports every complaint on a line of its own, as "part: what"; the last one tells most. */
function lastLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).trim().split("\n")
  const last = lines.findLast((line) => /^\w+: /.test(line)) ?? lines.at(-1)!
  return last.replace(/^Input buffer has corrupt header:?\s*/, "") || "its header is damaged"
}
