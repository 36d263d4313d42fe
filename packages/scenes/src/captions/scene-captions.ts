import type { Form } from "../dialogue/ask-options.ts"
import { capitalized } from "../language/capitalized.ts"
import { countNoun } from "../language/count-noun.ts"
import { joinWords } from "../language/join-words.ts"
import { listCompactly } from "../language/list-compactly.ts"
import { listObjects } from "../language/list-objects.ts"
import { withArticle } from "../language/with-article.ts"
import { SeededRandom } from "../random/seeded-random.ts"
import type { Scene, SceneObject } from "../scene/scene.ts"
import { findSetting } from "../settings/find-setting.ts"

/**
 * Five captions, each naming every object. The first two state all places in reading order; the others put things in
 * another order or leave the places out. `compact` and `plain` are always the same for a scene's contents, except for
 * the order of objects; `rich` ones vary.
 */
export function sceneCaptions(scene: Scene, form: Form, random = new SeededRandom(scene.seed, "captions")): string[] {
  const { place, name } = findSetting(scene.setting)
  const shuffled = random.shuffle(scene.objects)
  const counted = joinWords(countedKinds(random.shuffle(scene.objects)))
  if (form === "compact") {
    return [
      `${listCompactly(scene.objects)}.`,
      `${listCompactly(scene.objects)}, ${name}.`,
      `${listCompactly(shuffled)}, ${name}.`,
      `${shuffled.map(({ kind }) => withArticle(kind)).join(", ")}.`,
      `${name}: ${shuffled.map(({ kind }) => withArticle(kind)).join(", ")}.`,
    ]
  }
  const [list, otherList] = [listObjects(scene.objects), listObjects(shuffled)]
  const sentences = [
    [`The picture shows ${list}.`, `There ${isOrAre(scene.objects)} ${list}.`, `${capitalized(list)}.`],
    [`${capitalized(list)}, ${place}.`, `A scene ${place} with ${list}.`, `A drawing of ${list}, ${place}.`],
    [`${capitalized(place)} there ${isOrAre(shuffled)} ${otherList}.`, `A scene ${place}: ${otherList}.`],
    [`A picture of ${counted}.`, `A drawing of ${counted}.`, `The picture has ${counted} in it.`],
    [`${capitalized(counted)} ${place}.`, `A picture of ${counted} ${place}.`, `${capitalized(place)}: ${counted}.`],
  ]
  return sentences.map((wordings) => (form === "rich" ? random.pick(wordings) : wordings[0]!))
}

function isOrAre(objects: readonly SceneObject[]): "is" | "are" {
  return objects.length === 1 ? "is" : "are"
}

function countedKinds(objects: readonly SceneObject[]): string[] {
  const counts = new Map<string, number>()
  for (const { kind } of objects) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => countNoun(kind, count))
}
