import { hashText } from "../random/hash-text.ts"
import type { World } from "./world.ts"

/** Whether this kind in this setting is kept for the split `unseen`. It depends on the two names and the share alone. */
export function isHeldOut(world: World, kind: string, setting: string): boolean {
  return hashText(`${kind} / ${setting}`) < world.heldOut
}
