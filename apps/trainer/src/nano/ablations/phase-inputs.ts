import type { NanoPhaseName } from "../nano-phases.ts"
import type { AblationSetup } from "./ablation-setup.ts"

interface Inputs {
  /** Phases whose weights it goes on with. */
  after: readonly NanoPhaseName[]
  own: (setup: AblationSetup) => unknown
}

const inputs: Readonly<Record<NanoPhaseName, Inputs>> = {
  "1-picture-text": { after: [], own: ({ plan, design }) => [plan.pictureText, design.size] },
  "2-language": { after: [], own: ({ plan, design }) => [plan.language, design.size, design.dialogues.language] },
  "3-stage1": {
    after: ["1-picture-text", "2-language"],
    own: ({ plan, design }) => [plan.stage1, design.projector, design.selectLayer, design.dialogues.stage1],
  },
  "4-stage2": {
    after: ["1-picture-text", "2-language", "3-stage1"],
    own: ({ plan, design }) => [
      plan.stage2,
      ...[design.projector, design.selectLayer, design.dialogues.stage2, design.tuned],
    ],
  },
}

/** All that the weights after a phase depend on, in words that are equal where it is; phases may be shared where they are. */
export function phaseInputs(name: NanoPhaseName, setup: AblationSetup): string {
  if (setup.without.includes(name)) return "left out"
  const { after, own } = inputs[name]
  return JSON.stringify([setup.plan.seed, own(setup), after.map((before) => phaseInputs(before, setup))])
}
