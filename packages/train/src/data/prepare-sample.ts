import {
  decodeImage,
  encodeForTraining,
  normalizeImage,
  prepareImage,
  type Template,
  type TrainingSample,
} from "@llava/core"
import type { Llava } from "@llava/model"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { TrainError } from "../train-error.ts"
import type { PreparedSample } from "./prepared-sample.ts"
import type { TrainingDataset } from "./training-dataset.ts"

export interface PrepareOptions {
  model: Llava
  template: Template
  dataset: Pick<TrainingDataset, "imagePath">
  recipe: Pick<Recipe, "imagePlacement" | "imageAspectRatio">
}

/**
 * A sample of the data as ids, labels and pixels. Errors name the sample: PromptError for its turns, TrainError
 * "image-unreadable" for its images.
 */
export async function prepareSample(sample: TrainingSample, options: PrepareOptions): Promise<PreparedSample> {
  const { model, template, recipe } = options
  const { imageStartEnd, imageTokenId } = model.options
  const { ids, labels } = encodeForTraining({
    sample,
    template,
    tokenizer: model.tokenizer,
    imagePlacement: recipe.imagePlacement,
    ...(imageStartEnd !== undefined && { imageStartEnd }),
    ...(imageTokenId !== undefined && { imageTokenId }),
  })
  const names = sample.image === undefined ? [] : [sample.image].flat()
  const images = await Promise.all(names.map((name) => loadImage(name, sample.id, options)))
  return { id: sample.id, ids, labels, images }
}

async function loadImage(name: string, id: string | number, options: PrepareOptions): Promise<Float32Array> {
  const { model, dataset, recipe } = options
  const { imageSpec = model.encoder?.image } = model.options
  const aspectRatio = recipe.imageAspectRatio ?? model.options.imageAspectRatio ?? "square"
  if (!imageSpec) throw new TrainError(`Sample ${id} has an image, the model no encoder.`, { code: "no-encoder" })
  const path = dataset.imagePath(name)
  try {
    const decoded = await decodeImage(path)
    return normalizeImage(prepareImage(decoded, imageSpec, aspectRatio), imageSpec)
  } catch (cause) {
    throw new TrainError(`Sample ${id}: ${cause instanceof Error ? cause.message : cause}`, {
      code: "image-unreadable",
      cause,
    })
  }
}
