import type { SceneObject } from "../scene/scene.ts"
import { joinWords } from "./join-words.ts"
import { withArticle } from "./with-article.ts"
import { zonePlace } from "./zone-place.ts"

/** "a cat at the top, a dog on the left and an owl in the center". */
export function listObjects(objects: readonly SceneObject[]): string {
  return joinWords(objects.map(({ kind, zone }) => `${withArticle(kind)} ${zonePlace(zone)}`))
}
