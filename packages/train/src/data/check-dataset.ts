import { IGNORE_INDEX, LlavaError } from "@llava/core"
import type { Llava } from "@llava/model"
import { openImagePreparer } from "#platform/open-image-preparer"
import { trainedTemplate } from "../output/trained-template.ts"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { countTokens } from "./count-tokens.ts"
import { lengthLimit } from "./length-limit.ts"
import { type PrepareOptions, prepareSample } from "./prepare-sample.ts"
import type { TrainingDataset } from "./training-dataset.ts"

/** Samples that are looked at at once. */
const AT_ONCE = 16

export interface CheckDatasetOptions {
  model: Llava
  dataset: TrainingDataset
  recipe: Recipe
  /** Samples whose learned text is shown. Default 3. */
  examples?: number
  signal?: AbortSignal
  onProgress?: (progress: { checked: number; samples: number }) => void
}

/** A sample that cannot be used, and why. */
export interface SampleProblem {
  readonly index: number
  readonly id?: string | number
  readonly file?: string
  /** From 1. */
  readonly line?: number
  readonly error: Error
}

/** What training would make of the data. */
export interface DatasetCheck {
  /** That can be used. */
  readonly samples: number
  readonly images: number
  /** Text and image tokens that training would see, and those of them that it would learn. */
  readonly tokens: number
  readonly learnedTokens: number
  /** Tokens of the longest sample, before it is cut. */
  readonly longest: number
  /** Tokens at which samples are cut, and the ids of those that are. */
  readonly limit: number
  readonly cut: readonly (string | number)[]
  /** The first samples: what is learned of each, piece by piece. */
  readonly examples: readonly { readonly id: string | number; readonly learned: readonly string[] }[]
  readonly problems: readonly SampleProblem[]
}

/** Prepares every sample as training would, pictures too, without the GPU. Samples that fail are listed. */
export async function checkDataset(options: CheckDatasetOptions): Promise<DatasetCheck> {
  const { model, dataset, recipe, examples: wanted = 3, signal, onProgress } = options
  const limit = lengthLimit(model, recipe.maxLength)
  await using images = openImagePreparer()
  const prepare = { model, dataset, recipe, images, template: trainedTemplate(model, recipe) }
  const problems: SampleProblem[] = []
  const cut: (string | number)[] = []
  const examples: { id: string | number; learned: string[] }[] = []
  const sums = { samples: 0, images: 0, tokens: 0, learnedTokens: 0, longest: 0 }
  for (let begin = 0; begin < dataset.length; begin += AT_ONCE) {
    signal?.throwIfAborted()
    const indices = Array.from({ length: Math.min(AT_ONCE, dataset.length - begin) }, (_, place) => begin + place)
    for (const result of await Promise.all(indices.map((index) => checkSample(index, prepare)))) {
      if ("error" in result) {
        problems.push(result)
        continue
      }
      const { tokens, learned } = countTokens(result, model.tokensPerImage, limit)
      sums.samples++
      sums.images += result.images
      sums.tokens += Math.min(tokens, limit)
      sums.learnedTokens += learned
      sums.longest = Math.max(sums.longest, tokens)
      if (tokens > limit) cut.push(result.id)
      if (examples.length < wanted) examples.push({ id: result.id, learned: learnedTexts(result, model) })
    }
    onProgress?.({ checked: begin + indices.length, samples: dataset.length })
  }
  return { ...sums, limit, cut, examples, problems }
}

interface CheckedSample {
  readonly id: string | number
  readonly ids: readonly number[]
  readonly labels: readonly number[]
  readonly images: number
}

/** Without pixels, which would fill memory. */
async function checkSample(
  index: number,
  options: PrepareOptions & { dataset: TrainingDataset },
): Promise<CheckedSample | SampleProblem> {
  const { dataset } = options
  let id: string | number | undefined
  try {
    const sample = await dataset.sample(index)
    id = sample.id
    const { ids, labels, images } = await prepareSample(sample, options)
    return { id, ids, labels, images: images.length }
  } catch (error) {
    if (!LlavaError.isInstance(error)) throw error
    return { index, ...(id !== undefined && { id }), ...dataset.place?.(index), error }
  }
}

/** The text of each run of learned tokens. */
function learnedTexts({ ids, labels }: CheckedSample, { tokenizer }: Pick<Llava, "tokenizer">): string[] {
  const runs: number[][] = []
  for (const [at, id] of ids.entries()) {
    if (labels[at] === IGNORE_INDEX) continue
    if (at === 0 || labels[at - 1] === IGNORE_INDEX) runs.push([])
    runs.at(-1)!.push(id)
  }
  return runs.map((run) => tokenizer.decode(run))
}
