import { stat } from "node:fs/promises"
import type { Device } from "@llava/tensor"
import { duration } from "../../view/duration.ts"
import { tell } from "../../view/tell.ts"
import { disposeNanoParts } from "../dispose-nano-parts.ts"
import { nanoMaking } from "../nano-making.ts"
import type { AblationBase } from "./ablation-base.ts"
import { ablationSetup } from "./ablation-setup.ts"
import type { AblationVariant } from "./ablation-variants.ts"
import { phaseFolder } from "./phase-folder.ts"
import { secondsPerStep } from "./seconds-per-step.ts"

export interface TellEstimateOptions {
  base: AblationBase
  missing: readonly { variant: AblationVariant; seed: number }[]
  tokenizerJson: string
  output: string
  signal: AbortSignal
}

/** Lists what is to be made, with what it takes; a phase that several share counts for the first of them. */
export async function tellEstimate(device: Device, options: TellEstimateOptions): Promise<void> {
  const { base, missing, tokenizerJson, output, signal } = options
  if (missing.length === 0) return
  const { plan, design } = ablationSetup(base, {}, base.plan.seed)
  const making = await nanoMaking(device, { plan, tokenizerJson, world: base.world, design })
  const perStep = new Map<string, number>()
  for (const phase of making.phases) perStep.set(phase.name, await secondsPerStep(phase, signal))
  const begun = new Set<string>()
  const secondsOf = new Map<string, number[]>()
  for (const { variant, seed } of missing) {
    const setup = ablationSetup(base, variant.change, seed)
    let seconds = 0
    for (const { name, plan: own } of making.phases) {
      const folder = phaseFolder(name, { base, variant, seed })
      if (setup.without.includes(name) || begun.has(folder)) continue
      begun.add(folder)
      if (await isThere(`${output}/${folder}`)) continue
      const steps = name === "4-stage2" ? setup.plan.stage2.steps : own.steps
      seconds += perStep.get(name)! * steps
    }
    secondsOf.set(variant.name, [...(secondsOf.get(variant.name) ?? []), seconds])
  }
  for (const [name, seconds] of secondsOf)
    tell(`${name}: ${seconds.length} x ${duration(sum(seconds) / seconds.length)}`)
  const total = sum([...secondsOf.values()].flat())
  tell(`About ${duration(total)} in all for ${missing.length} runs, then the questions of each.`)
  disposeNanoParts(making.parts)
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

const isThere = (folder: string) =>
  stat(folder).then(
    () => true,
    () => false,
  )
