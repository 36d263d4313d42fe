import type { Scene, SceneObject } from "../scene/scene.ts"
import type { Direction } from "./direction.ts"

/** Middles apart by this share of the picture's edge stand clearly beside each other, */
const clearShare = 0.12
/** and by less than this they do not. */
const levelShare = 0.065

/** Whether one object stands in this direction from the other; undefined where people would disagree. */
export function isBeside(
  scene: Scene,
  object: SceneObject,
  direction: Direction,
  other: SceneObject,
): boolean | undefined {
  const along = {
    "left of": other.x - object.x,
    "right of": object.x - other.x,
    above: other.y - object.y,
    below: object.y - other.y,
  }[direction]
  const share = along / scene.world.imageSize
  if (share >= clearShare) return true
  return share <= levelShare ? false : undefined
}
