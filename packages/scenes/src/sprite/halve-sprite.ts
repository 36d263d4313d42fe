import type { Sprite } from "./sprite.ts"

/** Half as wide and high: every pixel is the mean of four. Edges must be even. */
export function halveSprite({ width, height, data }: Sprite): Sprite {
  const [halfWidth, halfHeight] = [width / 2, height / 2]
  const half = new Uint8Array(halfWidth * halfHeight * 4)
  for (let y = 0; y < halfHeight; y++) {
    for (let x = 0; x < halfWidth; x++) {
      const from = (2 * y * width + 2 * x) * 4
      for (let channel = 0; channel < 4; channel++) {
        const at = from + channel
        const sum = data[at]! + data[at + 4]! + data[at + width * 4]! + data[at + width * 4 + 4]!
        half[(y * halfWidth + x) * 4 + channel] = (sum + 2) >> 2
      }
    }
  }
  return { width: halfWidth, height: halfHeight, data: half }
}
