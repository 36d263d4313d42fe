import sharp from "sharp"
import type { Sprite } from "./sprite.ts"

/** Edge of the pictures that all sizes are made from, in pixels: the edge of Noto's drawings. */
export const masterSize = 128

/** An SVG document as a sprite of 128 x 128 pixels. */
export async function rasterizeIcon(svg: string): Promise<Sprite> {
  const { data, info } = await sharp(Buffer.from(svg))
    .resize(masterSize, masterSize)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const pixels = new Uint8Array(data)
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]!
    for (let channel = 0; channel < 3; channel++)
      pixels[at + channel] = Math.round((pixels[at + channel]! * alpha) / 255)
  }
  return { width: info.width, height: info.height, data: pixels }
}
