import type { Scene, SceneObject } from "../scene/scene.ts"
import { objectsOfKind } from "./objects-of-kind.ts"

/** Objects that are the only ones of their kind: "the cat" can only mean this one. */
export function singleObjects(scene: Scene): SceneObject[] {
  return scene.objects.filter(({ kind }) => objectsOfKind(scene, kind).length === 1)
}
