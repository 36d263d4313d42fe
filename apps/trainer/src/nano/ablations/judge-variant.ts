import type { QuestionKind, World } from "@llava/scenes"
import { languageModelObjective, validationLoss } from "@llava/train"
import { askNano } from "../evaluation/ask-nano.ts"
import { kindFigures } from "../evaluation/kind-figures.ts"
import { questionsOfKind } from "../evaluation/questions-of-kind.ts"
import type { NanoMaking } from "../nano-making.ts"
import type { AblationRun } from "./ablation-record.ts"
import type { AblationSetup } from "./ablation-setup.ts"

/** Tells scenes of these questions from those of other evaluations; each seed is asked about others. */
const RUN = 10
/** Dialogues on the GPU at once. */
const BATCH = 16

/** Asks held-out questions of every kind, and takes the loss on held-out dialogues. Undefined where the signal came first. */
export async function judgeVariant(
  { parts, batches, sprites }: NanoMaking,
  { setup, world, signal }: { setup: AblationSetup; world: World; signal: AbortSignal },
): Promise<Pick<AblationRun, "loss" | "kinds"> | undefined> {
  const { plan, asked } = setup
  const rows = batches.heldOut(Math.ceil(plan.questions / 2), asked)
  const loss = await validationLoss({
    objective: languageModelObjective(parts.llava),
    ...{ length: rows.length, prepare: async (index) => rows[index], batchSize: BATCH, signal },
  })
  if (loss === undefined) return undefined
  const names = Object.keys(asked.kinds) as QuestionKind[]
  const count = Math.ceil(plan.questions / names.length)
  const kinds: AblationRun["kinds"] = []
  for (const kind of names) {
    const questions = questionsOfKind(kind, { world, split: "test", run: RUN + plan.seed, count, first: asked.first })
    if (signal.aborted) return undefined
    const answered = await askNano(parts.llava, questions, { sprites, signal })
    const { right, commonest } = kindFigures(kind, answered)
    kinds.push({ kind, right: right.right, total: right.total, commonest })
  }
  return signal.aborted ? undefined : { loss, kinds }
}
