import { mkdir } from "node:fs/promises"
import { findWorld } from "@llava/scenes"
import { openDevice } from "@llava/tensor"
import { INTERRUPTED, Interruption } from "../setup/interruption.ts"
import { tell } from "../view/tell.ts"
import { estimateNano } from "./estimate-nano.ts"
import { finishNano } from "./finish-nano.ts"
import { keptTokenizer } from "./kept-tokenizer.ts"
import { nanoMaking } from "./nano-making.ts"
import type { NanoOptions } from "./nano-options.ts"
import { nanoPlan } from "./nano-plan.ts"
import { runPhase } from "./run-phase.ts"
import { trainNanoTokenizer } from "./train-nano-tokenizer.ts"

/**
 * Makes a nano from random weights: tokenizer, pictures and words, language, the two stages, then what it is judged by.
 * A run that was stopped goes on where it was, whatever phase that is. Exit code.
 */
export async function trainNano({ budget, output, photographs, restart }: NanoOptions): Promise<number> {
  const plan = nanoPlan(budget)
  await mkdir(output, { recursive: true })
  const make = () => trainNanoTokenizer(findWorld(plan.world), plan.seed)
  const tokenizerJson = await keptTokenizer(output, { make, restart })
  await using device = await openDevice()
  const making = await nanoMaking(device, { plan, tokenizerJson })
  tell(await estimateNano(device, making.phases))
  using interruption = new Interruption(() => tell("Stopping after this step; the same command goes on from there."))
  const { signal } = interruption
  for (const phase of making.phases) {
    await runPhase(phase, { folder: `${output}/${phase.name}`, restart, signal })
    if (signal.aborted) return INTERRUPTED
  }
  await finishNano({ ...making, plan, tokenizerJson, output, photographs, signal })
  return signal.aborted ? INTERRUPTED : 0
}
