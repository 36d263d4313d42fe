import type { Scene, SceneObject } from "../scene/scene.ts"
import { type Direction, directions } from "./direction.ts"
import { isBeside } from "./is-beside.ts"
import { singleObjects } from "./single-objects.ts"

/** One object that clearly stands in a direction from another. */
export interface PairBeside {
  readonly object: SceneObject
  readonly direction: Direction
  readonly other: SceneObject
}

/** Every pair of objects that are the only ones of their kinds, with each direction that one clearly is in from the other. */
export function pairsBeside(scene: Scene): PairBeside[] {
  const single = singleObjects(scene)
  return single.flatMap((object) =>
    single.flatMap((other) =>
      directions
        .filter((direction) => object !== other && isBeside(scene, object, direction, other))
        .map((direction) => ({ object, direction, other })),
    ),
  )
}
