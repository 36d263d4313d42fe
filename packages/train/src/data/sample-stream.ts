import type { Recipe } from "../recipe/recipe-schema.ts"
import { TrainError } from "../train-error.ts"
import type { PreparedSample } from "./prepared-sample.ts"
import { sampleOrder } from "./sample-order.ts"
import type { TrainingDataset } from "./training-dataset.ts"

export interface SampleStreamOptions {
  dataset: TrainingDataset
  recipe: Pick<Recipe, "batchSize" | "microBatchSize" | "grouping" | "seed">
  /** Steps whose samples have been used already. */
  firstStep: number
  /** Of the whole run: nothing is prepared beyond. */
  steps: number
  /** Undefined for a sample that is left out. */
  prepare: (index: number) => Promise<PreparedSample | undefined>
}

export interface StepSamples {
  samples: readonly PreparedSample[]
  /** Passes over the data so far, with the fraction. */
  epoch: number
}

/**
 * The samples of each step, prepared one step ahead of the GPU. Where a step begins depends on its number alone, so that
 * a run can be taken up anywhere; a step whose samples are left out is smaller.
 */
export class SampleStream {
  readonly #options: SampleStreamOptions
  #step: number
  #order: { epoch: number; indices: Int32Array } | undefined
  #ahead: Promise<StepSamples> | undefined

  constructor(options: SampleStreamOptions) {
    this.#options = options
    this.#step = options.firstStep
  }

  /** Errors: those of a sample; TrainError "no-samples" where all of a step are left out. */
  async next(): Promise<StepSamples> {
    const ready = await (this.#ahead ?? this.#prepare(this.#step))
    this.#step++
    this.#ahead = this.#step < this.#options.steps ? this.#prepare(this.#step) : undefined
    // It is awaited with the next step, or never: then its error does not matter.
    this.#ahead?.catch(() => undefined)
    return ready
  }

  async #prepare(step: number): Promise<StepSamples> {
    const { dataset, recipe, prepare } = this.#options
    const first = step * recipe.batchSize
    const indices = Array.from({ length: recipe.batchSize }, (_, i) => this.#index(first + i))
    const prepared = await Promise.all(indices.map(prepare))
    const samples = prepared.filter((sample) => sample !== undefined)
    if (samples.length === 0) {
      throw new TrainError(
        `${dataset.name}: none of the ${recipe.batchSize} samples of step ${step + 1} can be used.`,
        {
          code: "no-samples",
          fix: "Look at the list of samples that were left out.",
        },
      )
    }
    return { samples, epoch: (first + recipe.batchSize) / dataset.length }
  }

  /** The sample at a place in the endless row of epochs. */
  #index(place: number): number {
    const { dataset, recipe } = this.#options
    const epoch = Math.floor(place / dataset.length)
    if (this.#order?.epoch !== epoch) this.#order = { epoch, indices: sampleOrder(dataset, recipe, epoch) }
    return this.#order.indices[place % dataset.length]!
  }
}
