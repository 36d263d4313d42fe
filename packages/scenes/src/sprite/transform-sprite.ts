import type { Sprite } from "./sprite.ts"

export interface SpriteTransform {
  /** Edge of the square it is made for, in pixels. */
  size: number
  flipped: boolean
  /** Degrees clockwise about the middle, after the flip. */
  angle: number
}

/**
 * A square sprite in another size, mirrored and turned. Every pixel is the mean of samples spread evenly over it, at
 * least as dense as the source's pixels. Corners turned out of the square are cut off: emoji seldom reach there.
 */
export function transformSprite(master: Sprite, { size, flipped, angle }: SpriteTransform): Sprite {
  const edge = master.width
  const pixels = master.data
  const samples = Math.max(2, Math.ceil(edge / size))
  const count = samples * samples
  const step = edge / size / samples
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
  const [across, middle] = [flipped ? -1 : 1, edge / 2]
  const data = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let red = 0
      let green = 0
      let blue = 0
      let alpha = 0
      for (let sampleRow = 0; sampleRow < samples; sampleRow++) {
        const dy = (y * samples + sampleRow + 0.5) * step - middle
        for (let sampleColumn = 0; sampleColumn < samples; sampleColumn++) {
          const dx = (x * samples + sampleColumn + 0.5) * step - middle
          const column = Math.floor(middle + across * (cos * dx + sin * dy))
          const row = Math.floor(middle + cos * dy - sin * dx)
          if (column < 0 || row < 0 || column >= edge || row >= edge) continue
          const from = (row * edge + column) * 4
          red += pixels[from]!
          green += pixels[from + 1]!
          blue += pixels[from + 2]!
          alpha += pixels[from + 3]!
        }
      }
      const to = (y * size + x) * 4
      data[to] = Math.round(red / count)
      data[to + 1] = Math.round(green / count)
      data[to + 2] = Math.round(blue / count)
      data[to + 3] = Math.round(alpha / count)
    }
  }
  return { width: size, height: size, data }
}
