import { createHash } from "node:crypto"
import { join } from "node:path"
import type { Experiment, Stage } from "./ablation-schema.ts"

/** One stage of training, and where its results go: what several rows train alike is trained once. */
export interface PlannedStage {
  name: string
  stage: Stage
  folder: string
}

/** The stages of an experiment with their folders below `output`, named by all that decides what they leave. */
export function planStages({ model, stages }: Experiment, seed: number, output: string): PlannedStage[] {
  let before: unknown = [model, seed]
  return Object.entries(stages).map(([name, stage]) => {
    before = [before, name, stage]
    const hash = createHash("sha256").update(JSON.stringify(before)).digest("hex").slice(0, 12)
    return { name, stage, folder: join(output, "models", `${name}-${hash}`) }
  })
}
