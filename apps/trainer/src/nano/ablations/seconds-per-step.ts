import { trainObjective } from "@llava/train"
import type { NanoPhase } from "../nano-phases.ts"

/** Steps before the clock: they compile and fill caches. */
const WARM = 2
const MEASURED = 3

/** How long a step of a phase takes here and now, by doing a few: its weights are not what they were afterwards. */
export async function secondsPerStep({ objective, recipe, batch }: NanoPhase, signal: AbortSignal): Promise<number> {
  let started = performance.now()
  const steps = trainObjective({
    objective: objective(),
    recipe: { ...recipe, steps: WARM + MEASURED },
    batch: (step) => batch(step),
    data: "measured",
    signal,
  })
  for await (const { step } of steps) if (step === WARM) started = performance.now()
  return (performance.now() - started) / 1000 / MEASURED
}
