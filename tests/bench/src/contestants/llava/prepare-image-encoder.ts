import { ClipVisionTower, clipVisionPresets } from "@llava/clip"
import { type Device, Tensor } from "@llava/tensor"
import { randomValues } from "../../data/random-values.ts"
import type { ImageEncoderWork } from "../../plan/work.ts"
import type { Prepared } from "../contestant.ts"
import { fillRandomly } from "./fill-randomly.ts"

/** CLIP's image tower with random weights, its class token kept. */
export async function prepareImageEncoder(device: Device, work: ImageEncoderWork): Promise<Prepared> {
  const config = { ...clipVisionPresets[work.preset], num_hidden_layers: work.layers }
  const tower = new ClipVisionTower(config)
  await fillRandomly(device, tower, work.format)
  const size = config.image_size
  const values = randomValues("pixels", 3 * size * size)
  return {
    async run() {
      using pixels = Tensor.from(device, values, [1, 3, size, size])
      using hidden = tower.encode(pixels, { layers: [-1], feature: "cls_patch" })
      return (await hidden.read()) as Float32Array
    },
    async [Symbol.asyncDispose]() {
      tower[Symbol.dispose]()
    },
  }
}
