import type { SceneObject } from "../scene/scene.ts"

/** Emoji fill their squares differently: by this factor of the edges, the bigger square has the bigger object. */
const clearFactor = 1.6

/** Whether one object looks bigger than the other; undefined where people would disagree. */
export function isBigger(object: SceneObject, other: SceneObject): boolean | undefined {
  if (object.size >= other.size * clearFactor) return true
  return other.size >= object.size * clearFactor ? false : undefined
}
