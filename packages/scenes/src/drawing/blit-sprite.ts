import type { Sprite } from "../sprite/sprite.ts"

export interface Canvas {
  /** RGB rows of `size` x `size`. */
  readonly pixels: Uint8Array
  /** For each pixel the object that it shows. */
  readonly owners: Uint8Array
  readonly size: number
}

/** Pixels an object covers by less than this share are not counted as its own. */
const leastAlpha = 64

/** Draws a sprite over the canvas with its left upper corner at left, top. */
export function blitSprite(
  { width, height, data }: Sprite,
  canvas: Canvas,
  left: number,
  top: number,
  owner: number,
): void {
  const { pixels, owners, size } = canvas
  const [firstRow, lastRow] = [Math.max(0, -top), Math.min(height, size - top)]
  const [firstColumn, lastColumn] = [Math.max(0, -left), Math.min(width, size - left)]
  for (let row = firstRow; row < lastRow; row++) {
    for (let column = firstColumn; column < lastColumn; column++) {
      const from = (row * width + column) * 4
      const alpha = data[from + 3]!
      if (alpha === 0) continue
      const pixel = (top + row) * size + left + column
      if (alpha >= leastAlpha) owners[pixel] = owner
      const to = pixel * 3
      const rest = 255 - alpha
      pixels[to] = data[from]! + Math.round((pixels[to]! * rest) / 255)
      pixels[to + 1] = data[from + 1]! + Math.round((pixels[to + 1]! * rest) / 255)
      pixels[to + 2] = data[from + 2]! + Math.round((pixels[to + 2]! * rest) / 255)
    }
  }
}
