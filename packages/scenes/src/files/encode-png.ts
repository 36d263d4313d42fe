import type { RgbImage } from "@llava/core"
import sharp from "sharp"

/** A picture as a PNG file, without loss. */
export async function encodePng({ width, height, data }: RgbImage): Promise<Uint8Array<ArrayBuffer>> {
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer()
  return new Uint8Array(png)
}
