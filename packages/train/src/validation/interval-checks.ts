import type { SampleAnswer } from "../metrics/answers-line.ts"
import type { RunRecords } from "../metrics/open-records.ts"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { isPastBest } from "./is-past-best.ts"

export interface IntervalChecksOptions {
  recipe: Pick<Recipe, "validateEvery" | "generateEvery" | "patience">
  records: Pick<RunRecords, "validation" | "answers" | "events">
  /** Undefined where the run is being stopped. */
  validate?: (() => Promise<number | undefined>) | undefined
  answer: () => Promise<SampleAnswer[] | undefined>
  onValidated?: ((validation: { step: number; loss: number }) => void) | undefined
  onAnswered?: ((answers: { step: number; answers: readonly SampleAnswer[] }) => void) | undefined
}

/**
 * Validation and sample answers after the steps where they are due. They come after the step's checkpoint: a run that
 * is killed meanwhile does them when it is taken up again, and those on record are not done twice.
 */
export class IntervalChecks {
  readonly #options: IntervalChecksOptions

  constructor(options: IntervalChecksOptions) {
    this.#options = options
  }

  /** Does what is due after a step. */
  async run(step: number, steps: number): Promise<void> {
    if (step === 0) return
    const { recipe, records, validate, answer, onValidated, onAnswered } = this.#options
    const isDue = (every: number | undefined) => every !== undefined && (step % every === 0 || step === steps)
    if (validate && isDue(recipe.validateEvery) && !records.validation.has(step)) {
      const loss = await validate()
      if (loss !== undefined) {
        await records.validation.append({ step, loss })
        await records.events?.append(step, { "validation/loss": loss })
        onValidated?.({ step, loss })
      }
    }
    if (isDue(recipe.generateEvery) && !records.answers.has(step)) {
      const answers = await answer()
      if (answers !== undefined) {
        await records.answers.append({ step, answers })
        onAnswered?.({ step, answers })
      }
    }
  }

  /** Whether the recipe's patience is used up. */
  get isOver(): boolean {
    const { recipe, records } = this.#options
    return recipe.patience !== undefined && isPastBest(records.validation.lines, recipe.patience)
  }
}
