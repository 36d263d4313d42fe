import { mkdir } from "node:fs/promises"
import { trainObjective } from "@llava/train"
import type { NanoPhase } from "./nano-phases.ts"
import { PhaseProgress } from "./phase-progress.ts"

export interface RunPhaseOptions {
  folder: string
  restart?: boolean
  signal: AbortSignal
}

/** Trains a phase, or what is left of it; one that was done before leaves its weights. */
export async function runPhase(phase: NanoPhase, { folder, restart = false, signal }: RunPhaseOptions): Promise<void> {
  const progress = new PhaseProgress(phase)
  await mkdir(folder, { recursive: true })
  const steps = trainObjective({
    objective: phase.objective(),
    recipe: phase.recipe,
    batch: (step) => phase.batch(step),
    data: `scenes of seed ${phase.recipe.seed}`,
    ...{ output: folder, restart, signal },
  })
  for await (const step of steps) progress.update(step)
  progress.end()
}
