import type { Llava } from "@llava/model"
import { add, Tensor } from "@llava/tensor"
import type { Pictures } from "@llava/train"
import { placeTerm } from "./place-term.ts"

/**
 * Maps in the place of pictures: the embedding of the word of each cell and a term that tells the cell, for a language
 * model that is to learn what a picture says before it has seen one. Maps are ids `[cells]`.
 */
export function mapPictures({ device, languageModel }: Llava): Pictures {
  const places = placeTerm(languageModel.hiddenSize)
  const cells = places.length / languageModel.hiddenSize
  return {
    tokens: cells,
    features(maps) {
      using scope = device.scope()
      const ids = Int32Array.from(maps.flatMap((map) => [...map]))
      const words = languageModel.embed(Tensor.from(device, ids, [maps.length, cells])) // [maps, cells, hiddenSize]
      return scope.keep(add(words, Tensor.from(device, places, [cells, languageModel.hiddenSize])))
    },
  }
}
