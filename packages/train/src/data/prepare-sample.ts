import { encodeForTraining, ImageError, preprocessImage, type Template, type TrainingSample } from "@llava/core"
import type { Llava } from "@llava/model"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { TrainError } from "../train-error.ts"
import { countTokens } from "./count-tokens.ts"
import type { ImagePreparer } from "./image-preparer.ts"
import { lengthLimit } from "./length-limit.ts"
import type { PreparedSample } from "./prepared-sample.ts"
import type { TrainingDataset } from "./training-dataset.ts"

export interface PrepareOptions {
  model: Llava
  template: Template
  dataset: Pick<TrainingDataset, "imagePath">
  recipe: Pick<Recipe, "imagePlacement" | "imageAspectRatio" | "maxLength">
  /** Decodes pictures elsewhere; in this thread unless given. */
  images?: Pick<ImagePreparer, "prepare"> | undefined
}

/**
 * A sample of the data as ids, labels and pixels. Errors name the sample: PromptError for its turns, TrainError
 * "nothing-learned" where its answers lie beyond the length at which it is cut, "image-unreadable" for its images.
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
  const limit = lengthLimit(model, recipe.maxLength)
  if (countTokens({ ids, labels }, model.tokensPerImage, limit).learned === 0) throw nothingLearned(sample.id, limit)
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
    if (options.images) return await options.images.prepare(path, imageSpec, aspectRatio)
    return await preprocessImage(path, imageSpec, aspectRatio)
  } catch (cause) {
    if (!(cause instanceof ImageError)) throw cause
    throw new TrainError(`Sample ${id}: ${cause.message}`, { code: "image-unreadable", cause })
  }
}

function nothingLearned(id: string | number, limit: number): TrainError {
  return new TrainError(`Sample ${id}: nothing of it is learned once it is cut at ${limit} tokens.`, {
    code: "nothing-learned",
    fix: "Shorten it, or raise maxLength as far as the model goes.",
  })
}
