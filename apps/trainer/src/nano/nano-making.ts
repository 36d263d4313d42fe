import { findWorld, loadSprites, type Sprites, type World } from "@llava/scenes"
import type { Device } from "@llava/tensor"
import { NanoBatches } from "./nano-batches.ts"
import { type NanoDesign, nanoDesign } from "./nano-design.ts"
import { type NanoParts, newNanoParts } from "./nano-parts.ts"
import { type NanoPhase, nanoPhases } from "./nano-phases.ts"
import type { NanoPlan } from "./nano-plan.ts"

/** Everything that a plan is made with. */
export interface NanoMaking {
  world: World
  sprites: Sprites
  parts: NanoParts
  batches: NanoBatches
  phases: readonly NanoPhase[]
}

export interface NanoMakingOptions {
  plan: NanoPlan
  tokenizerJson: string
  /** That of the plan's name unless given. */
  world?: World
  design?: NanoDesign
}

/** Random weights, scenes and phases of a plan: the same for the same plan and tokenizer. */
export async function nanoMaking(
  device: Device,
  { plan, tokenizerJson, world = findWorld(plan.world), design = nanoDesign }: NanoMakingOptions,
): Promise<NanoMaking> {
  const sprites = await loadSprites(world)
  const parts = await newNanoParts(device, { seed: plan.seed, world, tokenizerJson, design })
  const batches = new NanoBatches({
    ...{ world, sprites, llava: parts.llava, seed: plan.seed },
    dialogues: design.dialogues,
  })
  return { world, sprites, parts, batches, phases: nanoPhases(plan, parts, batches, design) }
}
