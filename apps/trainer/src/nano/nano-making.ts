import { findWorld, loadSprites, type Sprites, type World } from "@llava/scenes"
import type { Device } from "@llava/tensor"
import { NanoBatches } from "./nano-batches.ts"
import { type NanoParts, newNanoParts } from "./nano-parts.ts"
import { type NanoPhase, nanoPhases } from "./nano-phases.ts"
import type { NanoPlan } from "./nano-plan.ts"

/** Everything that a plan is made with. */
export interface NanoMaking {
  world: World
  sprites: Sprites
  parts: NanoParts
  phases: readonly NanoPhase[]
}

/** Random weights, scenes and phases of a plan: the same for the same plan and tokenizer. */
export async function nanoMaking(
  device: Device,
  { plan, tokenizerJson }: { plan: NanoPlan; tokenizerJson: string },
): Promise<NanoMaking> {
  const world = findWorld(plan.world)
  const sprites = await loadSprites(world)
  const parts = await newNanoParts(device, { seed: plan.seed, world, tokenizerJson })
  const batches = new NanoBatches({ world, sprites, llava: parts.llava, seed: plan.seed })
  return { world, sprites, parts, phases: nanoPhases(plan, parts, batches) }
}
