import { AppError } from "@llava/app-common"
import { z } from "zod"

const count = z.int().positive()

const phaseSchema = z.strictObject({
  batchSize: count,
  steps: count,
  learningRate: z.number().positive(),
  /** Of Muon's matrices, beside everything else; AdamW alone without it. */
  matrixRate: z.number().positive().optional(),
})

/** How large a nano is made: what `nano.json` of a finished run holds. */
export const nanoPlanSchema = z.strictObject({
  world: z.string(),
  seed: z.int().min(0),
  pictureText: phaseSchema,
  language: phaseSchema,
  stage1: phaseSchema,
  stage2: phaseSchema,
  /** Held-out questions that the model is judged by. */
  questions: count,
})

/** One phase: how many samples a step, how many steps, how fast. */
export type PhasePlan = z.output<typeof phaseSchema>
export type NanoPlan = z.output<typeof nanoPlanSchema>

const cpu: NanoPlan = {
  world: "small",
  seed: 1,
  pictureText: { batchSize: 64, steps: 3000, learningRate: 1e-3, matrixRate: 2 },
  language: { batchSize: 16, steps: 4800, learningRate: 2e-3, matrixRate: 4 },
  stage1: { batchSize: 32, steps: 60, learningRate: 3e-3 },
  stage2: { batchSize: 16, steps: 4400, learningRate: 6e-4, matrixRate: 4 },
  questions: 4200,
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
