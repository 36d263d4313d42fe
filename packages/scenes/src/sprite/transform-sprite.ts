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
  const samples = Math.max(2, Math.ceil(master.width / size))
  const scale = master.width / size
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
  const middle = master.width / 2
  const data = new Uint8Array(size * size * 4)
  const count = samples * samples
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let [red, green, blue, alpha] = [0, 0, 0, 0]
      for (let sample = 0; sample < count; sample++) {
        const dx = (x + ((sample % samples) + 0.5) / samples) * scale - middle
        const dy = (y + (Math.floor(sample / samples) + 0.5) / samples) * scale - middle
        const turned = cos * dx + sin * dy
        const column = Math.floor(middle + (flipped ? -turned : turned))
        const row = Math.floor(middle + cos * dy - sin * dx)
        if (column < 0 || row < 0 || column >= master.width || row >= master.height) continue
        const from = (row * master.width + column) * 4
        red += master.data[from]!
        green += master.data[from + 1]!
        blue += master.data[from + 2]!
        alpha += master.data[from + 3]!
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
