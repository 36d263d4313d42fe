import { mkdir, readFile, writeFile } from "node:fs/promises"
import { findWorld } from "@llava/scenes"
import { openDevice } from "@llava/tensor"
import { trainObjective } from "@llava/train"
import { INTERRUPTED, Interruption } from "../setup/interruption.ts"
import { tell } from "../view/tell.ts"
import { estimateNano } from "./estimate-nano.ts"
import { finishNano } from "./finish-nano.ts"
import { nanoMaking } from "./nano-making.ts"
import type { NanoOptions } from "./nano-options.ts"
import type { NanoPhase } from "./nano-phases.ts"
import { nanoPlan } from "./nano-plan.ts"
import { PhaseProgress } from "./phase-progress.ts"
import { trainNanoTokenizer } from "./train-nano-tokenizer.ts"

/**
 * Makes a nano from random weights: tokenizer, pictures and words, language, the two stages, then what it is judged by.
 * A run that was stopped goes on where it was, whatever phase that is. Exit code.
 */
export async function trainNano({ budget, output, photographs, restart }: NanoOptions): Promise<number> {
  const plan = nanoPlan(budget)
  await mkdir(output, { recursive: true })
  const tokenizerJson = await tokenizerOf(output, () => trainNanoTokenizer(findWorld(plan.world), plan.seed), restart)
  await using device = await openDevice()
  const making = await nanoMaking(device, { plan, tokenizerJson })
  tell(await estimateNano(device, making.phases))
  using interruption = new Interruption(() => tell("Stopping after this step; the same command goes on from there."))
  const { signal } = interruption
  for (const phase of making.phases) {
    await runPhase(phase, { output, restart, signal })
    if (signal.aborted) return INTERRUPTED
  }
  await finishNano({ ...making, plan, tokenizerJson, output, photographs, signal })
  return signal.aborted ? INTERRUPTED : 0
}

interface PhaseRun {
  output: string
  restart: boolean
  signal: AbortSignal
}

async function runPhase(phase: NanoPhase, { output, restart, signal }: PhaseRun): Promise<void> {
  const progress = new PhaseProgress(phase)
  const folder = `${output}/${phase.name}`
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

async function tokenizerOf(output: string, make: () => string, restart: boolean): Promise<string> {
  const file = `${output}/tokenizer.json`
  const kept = restart ? undefined : await readFile(file, "utf8").catch(() => undefined)
  if (kept !== undefined) return kept
  const made = make()
  await writeFile(file, made)
  return made
}
