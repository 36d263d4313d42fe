import { mkdir, readFile, writeFile } from "node:fs/promises"
import { findWorld, loadSprites } from "@llava/scenes"
import { openDevice } from "@llava/tensor"
import { trainObjective } from "@llava/train"
import { INTERRUPTED, Interruption } from "../setup/interruption.ts"
import { tell } from "../view/tell.ts"
import { estimateNano } from "./estimate-nano.ts"
import { finishNano } from "./finish-nano.ts"
import { NanoBatches, nanoWords } from "./nano-batches.ts"
import type { NanoOptions } from "./nano-options.ts"
import { newNanoParts } from "./nano-parts.ts"
import { type NanoPhase, nanoPhases } from "./nano-phases.ts"
import { nanoPlan } from "./nano-plan.ts"
import { PhaseProgress } from "./phase-progress.ts"
import { trainNanoTokenizer } from "./train-nano-tokenizer.ts"

/**
 * Makes a nano from random weights: tokenizer, pictures and words, language, the two stages, then what it is judged by.
 * A run that was stopped goes on where it was, whatever phase that is. Exit code.
 */
export async function trainNano({ budget, output, restart, verbose }: NanoOptions): Promise<number> {
  const plan = nanoPlan(budget)
  const world = findWorld(plan.world)
  await mkdir(output, { recursive: true })
  const tokenizerJson = await tokenizerOf(output, () => trainNanoTokenizer(world, plan.seed), restart)
  await using device = await openDevice()
  const sprites = await loadSprites(world)
  const parts = await newNanoParts(device, { seed: plan.seed, words: nanoWords(world).length, tokenizerJson })
  const batches = new NanoBatches({ world, sprites, llava: parts.llava, seed: plan.seed })
  const phases = nanoPhases(plan, parts, batches)
  tell(await estimateNano(device, phases))
  using interruption = new Interruption(() => tell("Stopping after this step; the same command goes on from there."))
  for (const phase of phases) {
    await runPhase(phase, { output, restart, signal: interruption.signal, verbose })
    if (interruption.signal.aborted) return INTERRUPTED
  }
  await finishNano({ plan, world, sprites, parts, phases, tokenizerJson, output, signal: interruption.signal })
  return interruption.signal.aborted ? INTERRUPTED : 0
}

interface PhaseRun {
  output: string
  restart: boolean
  signal: AbortSignal
  verbose: boolean
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
