import type { SeededRandom } from "../random/seeded-random.ts"
import type { Layer, Rgb, Setting } from "../settings/setting.ts"

/** Paints the setting over the whole picture; details are placed by chance. `pixels`: RGB rows of `size` x `size`. */
export function paintSetting(pixels: Uint8Array, size: number, setting: Setting, random: SeededRandom): void {
  // A slightly different tone each time, so that a colour alone does not give a single scene away.
  const tone: Rgb = [random.whole(-6, 6), random.whole(-6, 6), random.whole(-6, 6)]
  for (const layer of setting.layers) paintLayer(pixels, size, layer, tone, random)
}

function paintLayer(pixels: Uint8Array, size: number, layer: Layer, tone: Rgb, random: SeededRandom): void {
  switch (layer.type) {
    case "gradient": {
      const [from, to] = [Math.round(layer.from * size), Math.round(layer.to * size)]
      for (let y = from; y < to; y++) {
        const share = to - from > 1 ? (y - from) / (to - from - 1) : 0
        fillRow(pixels, size, y, 0, size, mix(layer.top, layer.bottom, share), tone)
      }
      return
    }
    case "ground": {
      const base = layer.from + random.between(-0.02, 0.02)
      const phase = random.next()
      for (let x = 0; x < size; x++) {
        const wave = Math.sin((x / size) * Math.PI * 2 * layer.waves + phase * Math.PI * 2)
        const top = Math.max(0, Math.round((base + layer.rise * wave) * size))
        for (let y = top; y < size; y++) fillRow(pixels, size, y, x, x + 1, layer.color, tone)
      }
      return
    }
    case "spots": {
      const radius = layer.radius * size
      for (let spot = 0; spot < layer.count; spot++) {
        const [x, y] = [random.between(0, size), random.between(layer.from * size, layer.to * size)]
        for (let row = Math.floor(y - radius); row <= y + radius; row++) {
          const half = Math.sqrt(Math.max(0, radius * radius - (row - y) ** 2))
          fillRow(pixels, size, row, Math.round(x - half), Math.round(x + half) + 1, layer.color, tone)
        }
      }
      return
    }
    case "strokes": {
      const thickness = Math.max(1, Math.round(size / 150))
      for (let stroke = 0; stroke < layer.count; stroke++) {
        const x = Math.floor(random.between(-layer.length, 1) * size)
        const y = Math.floor(random.between(layer.from, layer.to) * size)
        const end = x + Math.max(1, Math.round(layer.length * size * random.between(0.6, 1)))
        for (let row = y; row < y + thickness; row++) fillRow(pixels, size, row, x, end, layer.color, tone)
      }
    }
  }
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share]
}

/** Columns from..to of a row; what lies outside the picture is left out. */
function fillRow(pixels: Uint8Array, size: number, y: number, from: number, to: number, color: Rgb, tone: Rgb): void {
  if (y < 0 || y >= size) return
  const channels = color.map((value, channel) => Math.min(255, Math.max(0, Math.round(value + tone[channel]!))))
  const end = (y * size + Math.min(size, to)) * 3
  for (let at = (y * size + Math.max(0, from)) * 3; at < end; at += 3) {
    pixels[at] = channels[0]!
    pixels[at + 1] = channels[1]!
    pixels[at + 2] = channels[2]!
  }
}
