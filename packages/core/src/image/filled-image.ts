import type { RgbImage } from "./image-types.ts"

/** An image of one colour, 0..255 per channel. */
export function filledImage(width: number, height: number, color: readonly [number, number, number]): RgbImage {
  const data = new Uint8Array(width * height * 3) // [row, column, channel]
  for (let channel = 0; channel < 3; channel++) data[channel] = color[channel]!
  // The filled part doubles until it covers everything.
  for (let filled = 3; filled < data.length; filled *= 2) data.copyWithin(filled, 0, filled)
  return { width, height, data }
}
