import { IGNORE_INDEX, IMAGE_TOKEN_INDEX } from "@llava/core"
import type { Llava } from "@llava/model"
import type { PreparedSample } from "@llava/train"
import { randomValues } from "../support/random.ts"

/** Samples of random words, longer and shorter, every third without a picture, more and less of them learned. */
export function drawnSamples(model: Llava, count: number, seed = 1): PreparedSample[] {
  const { size } = model.encoder!.image
  return Array.from({ length: count }, (_, id) => {
    const random = randomValues(40, seed * 1000 + id)
    const words = Array.from(random.subarray(0, 6 + ((id * 5) % 23)), (x) => Math.floor(Math.abs(x) * 1e4) % 256)
    const shown = id % 3 !== 2
    return {
      id,
      ids: [...words.slice(0, 3), ...(shown ? [IMAGE_TOKEN_INDEX] : []), ...words.slice(3)],
      labels: [...Array(shown ? 6 : 5).fill(IGNORE_INDEX), ...words.slice(5)],
      images: shown ? [randomValues(3 * size * size, seed * 2000 + id)] : [],
    }
  })
}
