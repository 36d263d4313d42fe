import { type NanoDesign, nanoDesign } from "../nano-design.ts"
import type { NanoPhaseName } from "../nano-phases.ts"
import type { NanoPlan } from "../nano-plan.ts"
import type { NanoDialogue } from "../nano-questions.ts"
import type { AblationBase } from "./ablation-base.ts"
import { type AblationChange, type DialoguePart, dialoguePartNames } from "./ablation-change.ts"
import { dialogueParts } from "./dialogue-parts.ts"

/** One variant of one seed, ready to be made. */
export interface AblationSetup {
  readonly plan: NanoPlan
  readonly design: NanoDesign
  readonly without: readonly NanoPhaseName[]
  /** What the variant is asked: every kind of question, and answers as it learned to give them. */
  readonly asked: NanoDialogue
}

/** The base with a change, for one seed. */
export function ablationSetup({ plan, size }: AblationBase, change: AblationChange, seed: number): AblationSetup {
  const { without = [], stage2Data = dialoguePartNames, first = "observation", stage2Length = 1 } = change
  const asked = { kinds: kindsOf(dialoguePartNames), first }
  const steps = Math.max(1, Math.round(plan.stage2.steps * stage2Length))
  return {
    plan: { ...plan, seed, stage2: { ...plan.stage2, steps } },
    design: {
      size,
      projector: change.projector ?? nanoDesign.projector,
      selectLayer: change.selectLayer ?? nanoDesign.selectLayer,
      tuned: change.tuned ?? nanoDesign.tuned,
      dialogues: { language: asked, stage1: asked, stage2: { kinds: kindsOf(stage2Data), first } },
    },
    without,
    asked,
  }
}

const kindsOf = (names: readonly DialoguePart[]): NanoDialogue["kinds"] =>
  Object.assign({}, ...names.map((name) => dialogueParts[name]))
