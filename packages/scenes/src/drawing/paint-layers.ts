import type { SeededRandom } from "../random/seeded-random.ts"
import type { Layer, Rgb } from "../settings/setting.ts"

/** Paints layers over the whole picture; details are placed by chance. `pixels`: RGB rows of `size` x `size`. */
export function paintLayers(pixels: Uint8Array, size: number, layers: readonly Layer[], random: SeededRandom): void {
  // A slightly different tone each time, so that a colour alone does not give a single scene away.
  const tone: Rgb = [random.whole(-6, 6), random.whole(-6, 6), random.whole(-6, 6)]
  const paint = new Paint(pixels, size, tone)
  for (const layer of layers) paintLayer(paint, layer, random)
}

function paintLayer(paint: Paint, layer: Layer, random: SeededRandom): void {
  const { size } = paint
  switch (layer.type) {
    case "gradient": {
      const [from, to] = [Math.round(layer.from * size), Math.round(layer.to * size)]
      for (let y = from; y < to; y++) {
        const share = to - from > 1 ? (y - from) / (to - from - 1) : 0
        const mix = (channel: 0 | 1 | 2) => layer.top[channel] + (layer.bottom[channel] - layer.top[channel]) * share
        paint.take([mix(0), mix(1), mix(2)])
        paint.run(y, 0, size)
      }
      return
    }
    case "ground": {
      const base = layer.from + random.between(-0.02, 0.02)
      const phase = random.next()
      const edge = Array.from({ length: size }, (_, x) => {
        const wave = Math.sin((x / size) * Math.PI * 2 * layer.waves + phase * Math.PI * 2)
        return Math.max(0, Math.round((base + layer.rise * wave) * size))
      })
      const [highest, lowest] = [Math.min(...edge), Math.min(size, Math.max(...edge))]
      paint.take(layer.color)
      for (let y = highest; y < lowest; y++) {
        for (let x = 0; x < size; x++) if (y >= edge[x]!) paint.run(y, x, x + 1)
      }
      for (let y = lowest; y < size; y++) paint.run(y, 0, size)
      return
    }
    case "spots": {
      const radius = layer.radius * size
      paint.take(layer.color)
      for (let spot = 0; spot < layer.count; spot++) {
        const [x, y] = [random.between(0, size), random.between(layer.from * size, layer.to * size)]
        for (let row = Math.floor(y - radius); row <= y + radius; row++) {
          const half = Math.sqrt(Math.max(0, radius * radius - (row - y) ** 2))
          paint.run(row, Math.round(x - half), Math.round(x + half) + 1)
        }
      }
      return
    }
    case "strokes": {
      const thickness = Math.max(1, Math.round(size / 150))
      paint.take(layer.color)
      for (let stroke = 0; stroke < layer.count; stroke++) {
        const x = Math.floor(random.between(-layer.length, 1) * size)
        const y = Math.floor(random.between(layer.from, layer.to) * size)
        const end = x + Math.max(1, Math.round(layer.length * size * random.between(0.6, 1)))
        for (let row = y; row < y + thickness; row++) paint.run(row, x, end)
      }
    }
  }
}

/** Writes runs of one colour into a square picture; what lies outside is left out. */
class Paint {
  readonly size: number
  readonly #pixels: Uint8Array
  readonly #tone: Rgb
  #red = 0
  #green = 0
  #blue = 0

  constructor(pixels: Uint8Array, size: number, tone: Rgb) {
    this.#pixels = pixels
    this.size = size
    this.#tone = tone
  }

  take(color: Rgb): void {
    const channel = (index: 0 | 1 | 2) => Math.min(255, Math.max(0, Math.round(color[index] + this.#tone[index])))
    this.#red = channel(0)
    this.#green = channel(1)
    this.#blue = channel(2)
  }

  /** Columns from..to of a row. */
  run(y: number, from: number, to: number): void {
    if (y < 0 || y >= this.size) return
    const pixels = this.#pixels
    const end = (y * this.size + Math.min(this.size, to)) * 3
    for (let at = (y * this.size + Math.max(0, from)) * 3; at < end; at += 3) {
      pixels[at] = this.#red
      pixels[at + 1] = this.#green
      pixels[at + 2] = this.#blue
    }
  }
}
