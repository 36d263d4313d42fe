import type { Device } from "@llava/tensor"
import { disposeNanoParts } from "../dispose-nano-parts.ts"
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
  using stack = new DisposableStack()
  stack.defer(() => disposeNanoParts(making.parts))
  for (const phase of making.phases.filter(({ name }) => !setup.without.includes(name))) {
    await runPhase(phase, { folder: `${output}/${phaseFolder(phase.name, options)}`, signal })
    if (signal.aborted) return undefined
  }
  const figures = await judgeVariant(making, { setup, world: base.world, signal }).catch((error: unknown) => {
    // Answers that the signal cut off are no answers.
    if (signal.aborted) return undefined
    throw error
  })
  return figures && { variant: variant.name, seed, ...figures }
}
