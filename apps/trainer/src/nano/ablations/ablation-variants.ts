import type { AblationChange } from "./ablation-change.ts"

/** What was found with LLaVA itself. */
export interface PublishedFinding {
  /** A sentence with the figures. */
  readonly found: string
  readonly source: string
  /** Whether the variant was better or worse than what the baseline here stands for. */
  readonly variantIs: "better" | "worse"
}

export interface AblationVariant {
  readonly name: string
  readonly change: AblationChange
  /** Absent where nothing like it was published. */
  readonly published?: PublishedFinding
}

const visualInstructionTuning = "Liu et al. 2023, Visual Instruction Tuning"
const improvedBaselines = "Liu et al. 2023, Improved Baselines with Visual Instruction Tuning"

/** What is compared, the baseline first. */
export const ablationVariants: readonly AblationVariant[] = [
  { name: "baseline", change: {} },
  {
    name: "no stage 1",
    change: { without: ["3-stage1"] },
    published: {
      found: "ScienceQA: 85.81 % without it, 90.92 % with it",
      source: `${visualInstructionTuning}, table 8`,
      variantIs: "worse",
    },
  },
  {
    name: "linear projector",
    change: { projector: "linear" },
    published: {
      found: "with a linear one MME 1323.8 and MM-Vet 26.3, with two layers 1355.2 and 27.8",
      source: improvedBaselines,
      variantIs: "worse",
    },
  },
  {
    name: "last layer but one",
    change: { selectLayer: -2 },
    published: {
      found: "ScienceQA: 90.92 % with the last but one, 89.96 % with the last",
      source: `${visualInstructionTuning}, table 8`,
      variantIs: "better",
    },
  },
  {
    name: "answer first",
    change: { first: "decision" },
    published: {
      found: "ScienceQA: 89.77 % with the answer first, 90.92 % with the reasoning first",
      source: `${visualInstructionTuning}, table 8`,
      variantIs: "worse",
    },
  },
  {
    name: "conversation only",
    change: { stage2Data: ["conversation"] },
    published: {
      found: "LLaVA-Bench (COCO): 73.8 with conversation alone, 85.1 with all three kinds",
      source: `${visualInstructionTuning}, table 4`,
      variantIs: "worse",
    },
  },
  {
    name: "conversation and detail",
    change: { stage2Data: ["conversation", "detail"] },
    published: {
      found: "nearest to it, LLaVA-Bench (COCO): 80.5 with conversation and a little of the others, 85.1 with all",
      source: `${visualInstructionTuning}, table 4`,
      variantIs: "worse",
    },
  },
  {
    name: "frozen language model",
    change: { tuned: ["projector"] },
    published: {
      found: "nearest to it, LLaVA-Bench (COCO): 21.5 after stage 1 alone, 85.1 after both",
      source: `${visualInstructionTuning}, table 4`,
      variantIs: "worse",
    },
  },
  { name: "random image tower", change: { without: ["1-picture-text"] } },
  { name: "a quarter of stage 2", change: { stage2Length: 0.25 } },
  { name: "half of stage 2", change: { stage2Length: 0.5 } },
  { name: "twice stage 2", change: { stage2Length: 2 } },
]
