import type { Device } from "@llava/tensor"
import { nanoMaking } from "../nano-making.ts"
import { runPhase } from "../run-phase.ts"
import type { AblationBase } from "./ablation-base.ts"
import type { AblationRun } from "./ablation-record.ts"
import { ablationSetup } from "./ablation-setup.ts"
import type { AblationVariant } from "./ablation-variants.ts"
import { judgeVariant } from "./judge-variant.ts"
import { phaseFolder } from "./phase-folder.ts"

export interface RunVariantOptions {
  base: AblationBase
  variant: AblationVariant
  seed: number
  tokenizerJson: string
  output: string
  signal: AbortSignal
}

/** Makes a variant of one seed, from phases that were done before where it can, and judges it. Undefined where the signal came first. */
export async function runVariant(device: Device, options: RunVariantOptions): Promise<AblationRun | undefined> {
  const { base, variant, seed, tokenizerJson, output, signal } = options
  const setup = ablationSetup(base, variant.change, seed)
  const { plan, design } = setup
  const making = await nanoMaking(device, { plan, tokenizerJson, world: base.world, design })
  const { clip, llava } = making.parts
  using projector = llava.projector!
  using languageModel = llava.languageModel
  using tower = clip
  void [projector, languageModel, tower]
  for (const phase of making.phases.filter(({ name }) => !setup.without.includes(name))) {
    await runPhase(phase, { folder: `${output}/${phaseFolder(phase.name, options)}`, signal })
    if (signal.aborted) return undefined
  }
  const figures = await judgeVariant(making, { setup, world: base.world, signal })
  return figures && { variant: variant.name, seed, ...figures }
}
