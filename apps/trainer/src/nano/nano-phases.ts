import { tokenWiseObjective } from "@llava/clip"
import { languageModelObjective, type Objective, type PreparedSample, parseRecipe, type Recipe } from "@llava/train"
import { mapPictures } from "./map-pictures.ts"
import type { NanoBatches } from "./nano-batches.ts"
import { type NanoDesign, nanoDesign } from "./nano-design.ts"
import type { NanoParts } from "./nano-parts.ts"
import type { NanoPlan, PhasePlan } from "./nano-plan.ts"

export type NanoPhaseName = "1-picture-text" | "2-language" | "3-stage1" | "4-stage2"

/** One of the runs that make a nano, whatever it learns from. */
export interface NanoPhase {
  /** Its folder in the run's. */
  readonly name: NanoPhaseName
  readonly title: string
  readonly recipe: Recipe
  readonly plan: PhasePlan
  objective(): Objective<unknown>
  batch(step: number): unknown
}

/** Share of the pictures with words (at first) and of those of stage 2 whose things stand before a random backdrop. */
const BACKDROPS = { pictureText: 0.3, stage2: 0.2 }
/** Steps between checkpoints: half a minute on a processor. */
const CHECKPOINT_EVERY = 25

/** The phases in their order. Each begins from the weights that those before it left in `parts`. */
export function nanoPhases(
  plan: NanoPlan,
  parts: NanoParts,
  batches: NanoBatches,
  { tuned }: Pick<NanoDesign, "tuned"> = nanoDesign,
): NanoPhase[] {
  const { clip, reader, llava } = parts
  return [
    phase("1-picture-text", "Pictures and words", plan, plan.pictureText, {
      train: ["*"],
      secondMoment: 0.98,
      objective: () => tokenWiseObjective(clip, llava.device),
      batch: (step, size) => {
        // Fewer and fewer in the second half: the tower ends with what pictures look like.
        const backdrops = BACKDROPS.pictureText * Math.min(1, 2 * (1 - step / plan.pictureText.steps))
        return batches.pictureText(step, size, { backdrops })
      },
    }),
    phase("2-language", "Language on maps", plan, plan.language, {
      train: ["language_model"],
      objective: () => languageModelObjective(reader, { pictures: mapPictures(reader) }),
      batch: (step, size): readonly PreparedSample[] => batches.maps(step, size),
    }),
    phase("3-stage1", "Stage 1: projector", plan, plan.stage1, {
      train: ["projector"],
      objective: () => languageModelObjective(llava),
      batch: (step, size): readonly PreparedSample[] => batches.pictures("stage1", step, size),
    }),
    phase("4-stage2", "Stage 2: projector and language model", plan, plan.stage2, {
      train: tuned,
      objective: () => languageModelObjective(llava),
      batch: (step, size): readonly PreparedSample[] =>
        batches.pictures("stage2", step, size, { backdrops: BACKDROPS.stage2 }),
    }),
  ]
}

interface PhaseParts<Batch> {
  train: readonly string[]
  secondMoment?: number
  objective: () => Objective<Batch>
  batch: (step: number, batchSize: number) => Batch
}

/** What a phase learns from is its own affair: the loop hands its batches to its objective. */
function phase<Batch>(
  name: NanoPhaseName,
  title: string,
  plan: NanoPlan,
  own: PhasePlan,
  parts: PhaseParts<Batch>,
): NanoPhase {
  const { train, secondMoment = 0.95, objective, batch } = parts
  const recipe = parseRecipe({
    name: `nano/${name}`,
    train: [...train],
    ...{ steps: own.steps, batchSize: own.batchSize, learningRate: own.learningRate, seed: plan.seed },
    optimizer: {
      kind: own.matrixRate === undefined ? "adamw" : "muon",
      ...(own.matrixRate !== undefined && { matrixRate: own.matrixRate }),
      ...{ betas: [0.9, secondMoment], weightDecay: 0.05 },
    },
    schedule: { kind: "cosine", warmupRatio: 0.03, minimum: 0.03 },
    checkpointEvery: CHECKPOINT_EVERY,
  })
  return {
    ...{ name, title, recipe, plan: own },
    objective: () => objective() as Objective<unknown>,
    batch: (step) => batch(step, own.batchSize),
  }
}
