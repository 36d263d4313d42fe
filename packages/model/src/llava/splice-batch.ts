import { IGNORE_INDEX, IMAGE_TOKEN_INDEX } from "@llava/core"
import { splice, Tensor } from "@llava/tensor"
import type { LanguageModel } from "../contract/language-model.ts"
import { ModelError } from "../model-error.ts"
import { checkTokenId } from "./check-token-id.ts"

/** One sample as token ids. */
export interface SpliceRow {
  /** Token ids, -200 for each image. */
  ids: readonly number[]
  /** As long as `ids`; image tokens get -100. */
  labels?: readonly number[]
}

/** What a language model takes of a batch with images in it. */
export interface SplicedBatch {
  /** `[rows, longest, hiddenSize]`, right-padded with zeros. */
  embeddings: Tensor
  /** `[rows, longest]`, -100 for images and padding. */
  labels: Int32Array
  /** Tokens per row, images included. */
  lengths: number[]
}

/** Marks rows of `splice` that stay zero. */
const PADDING = -(2 ** 31)

/**
 * Puts image features in the place of image tokens (`prepare_inputs_labels_for_multimodal` of llava_arch.py). Rows take
 * the images `[images, tokens, hiddenSize]` in order of appearance; what exceeds `maxLength` is cut off after that.
 * Errors: "image-count" where images and places differ, "token-id" for ids outside the vocabulary.
 */
export function spliceBatch(
  languageModel: LanguageModel,
  device: Tensor["device"],
  rows: readonly SpliceRow[],
  images: Tensor | undefined,
  maxLength = Number.POSITIVE_INFINITY,
): SplicedBatch {
  using scope = device.scope()
  const { textIds, places, labels, lengths } = layOut(languageModel, rows, images, maxLength)
  const width = Math.max(...lengths)
  const index = new Int32Array(rows.length * width).fill(PADDING)
  const padded = new Int32Array(rows.length * width).fill(IGNORE_INDEX)
  for (const [row, length] of lengths.entries()) {
    index.set(places[row]!.slice(0, length), row * width)
    padded.set(labels[row]!.slice(0, length), row * width)
  }
  const text = languageModel.embed(Tensor.from(device, Int32Array.from(textIds), [textIds.length])) // [n, hiddenSize]
  const features = images?.reshape([-1, languageModel.hiddenSize]) ?? text
  const embeddings = splice(text, features, Tensor.from(device, index, [rows.length, width]))
  return { embeddings: scope.keep(embeddings), labels: padded, lengths }
}

function layOut(
  languageModel: LanguageModel,
  rows: readonly SpliceRow[],
  images: Tensor | undefined,
  maxLength: number,
) {
  const perImage = images?.shape[1] ?? 0
  const textIds: number[] = []
  const places: number[][] = []
  const labels: number[][] = []
  let image = 0
  for (const row of rows) {
    const rowPlaces: number[] = []
    const rowLabels: number[] = []
    for (const [at, id] of row.ids.entries()) {
      if (id === IMAGE_TOKEN_INDEX) {
        for (let token = 0; token < perImage; token++) {
          rowPlaces.push(-1 - (image * perImage + token))
          rowLabels.push(IGNORE_INDEX)
        }
        image++
        continue
      }
      checkTokenId(id, languageModel)
      rowPlaces.push(textIds.length)
      textIds.push(id)
      rowLabels.push(row.labels?.[at] ?? IGNORE_INDEX)
    }
    places.push(rowPlaces)
    labels.push(rowLabels)
  }
  const given = images?.shape[0] ?? 0
  if (image !== given) {
    throw new ModelError(`${given} images for ${image} image places.`, { code: "image-count" })
  }
  // A batch without any text would leave nothing to look up.
  if (textIds.length === 0) textIds.push(0)
  return { textIds, places, labels, lengths: places.map((row) => Math.min(row.length, maxLength)) }
}
