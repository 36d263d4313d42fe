import type { SeededRandom } from "@llava/scenes"

/** By how much a cast may strengthen or weaken a colour, and brighten or darken it, in standard deviations of pixels. */
const [GAIN, OFFSET] = [0.4, 0.5]

/** Normalised pixels `[3, size, size]` in another light: each of the three colours scaled and shifted by chance. */
export function castColours(pixels: Float32Array, random: SeededRandom): Float32Array {
  const channel = pixels.length / 3
  const casts = Array.from({ length: 3 }, () => ({
    gain: random.between(1 - GAIN, 1 + GAIN),
    offset: random.between(-OFFSET, OFFSET),
  }))
  return pixels.map((value, at) => {
    const { gain, offset } = casts[Math.floor(at / channel)]!
    return value * gain + offset
  })
}
