import type { Scene, SceneObject } from "../scene/scene.ts"

export function objectsOfKind(scene: Scene, kind: string): SceneObject[] {
  return scene.objects.filter((object) => object.kind === kind)
}
