import { AppError } from "@llava/app-common"

/** One phase: how many samples a step, how many steps, how fast. */
export interface PhasePlan {
  readonly batchSize: number
  readonly steps: number
  readonly learningRate: number
  /** Of Muon's matrices, beside everything else; AdamW alone without it. */
  readonly matrixRate?: number
}

/** How large a nano is made. */
export interface NanoPlan {
  readonly world: string
  readonly seed: number
  readonly pictureText: PhasePlan
  readonly language: PhasePlan
  readonly stage1: PhasePlan
  readonly stage2: PhasePlan
  /** Held-out questions that the model is judged by. */
  readonly questions: number
}

const cpu: NanoPlan = {
  world: "small",
  seed: 1,
  pictureText: { batchSize: 64, steps: 500, learningRate: 1e-3, matrixRate: 2 },
  language: { batchSize: 16, steps: 1400, learningRate: 2e-3, matrixRate: 4 },
  stage1: { batchSize: 32, steps: 60, learningRate: 3e-3 },
  stage2: { batchSize: 16, steps: 1250, learningRate: 6e-4, matrixRate: 4 },
  questions: 2000,
}

const budgets: Readonly<Record<string, NanoPlan>> = {
  cpu,
  gpu: {
    ...cpu,
    pictureText: { ...cpu.pictureText, batchSize: 128, steps: 1500 },
    language: { ...cpu.language, batchSize: 64, steps: 3000 },
    stage1: { ...cpu.stage1, batchSize: 64 },
    stage2: { ...cpu.stage2, batchSize: 64, steps: 3000 },
  },
  smoke: {
    ...cpu,
    pictureText: { ...cpu.pictureText, batchSize: 8, steps: 4 },
    language: { ...cpu.language, batchSize: 4, steps: 4 },
    stage1: { ...cpu.stage1, batchSize: 4, steps: 2 },
    stage2: { ...cpu.stage2, batchSize: 4, steps: 4 },
    questions: 24,
  },
}

/** The plan of a budget. Errors: AppError "budget-unknown". */
export function nanoPlan(budget: string): NanoPlan {
  const plan = Object.hasOwn(budgets, budget) ? budgets[budget] : undefined
  if (plan) return plan
  throw new AppError(`There is no budget '${budget}'.`, {
    code: "budget-unknown",
    fix: `Give --budget ${Object.keys(budgets).join(", ")}.`,
  })
}
