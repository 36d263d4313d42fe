import { drawAbsentKind } from "../../facts/draw-absent-kind.ts"
import { objectsOfKind } from "../../facts/objects-of-kind.ts"
import { listObjects } from "../../language/list-objects.ts"
import { withArticle } from "../../language/with-article.ts"
import { zonePlace } from "../../language/zone-place.ts"
import { zones } from "../../scene/zone.ts"
import type { QuestionMaker } from "../question-draft.ts"

/** Whether a kind is in a zone: there, elsewhere, or not in the scene at all. */
export const yesNoAt: QuestionMaker = (scene, random) => {
  const absent = random.chance(0.2) ? drawAbsentKind(scene, random) : undefined
  const object = random.pick(scene.objects)
  const kind = absent ?? object.kind
  const found = objectsOfKind(scene, kind)
  const zone = random.chance(0.6) ? object.zone : random.pick(zones)
  const place = zonePlace(zone)
  const isThere = found.some((each) => each.zone === zone)
  const seen =
    found.length === 0 ? `There is no ${kind}` : `${found.length > 1 ? "There are" : "There is"} ${listObjects(found)}`
  return {
    about: { type: "presence", kinds: [kind], zone },
    questions: [
      `Is there ${withArticle(kind)} ${place}?`,
      `Do you see ${withArticle(kind)} ${place}?`,
      `Is the thing ${place} ${withArticle(kind)}?`,
      `Can ${withArticle(kind)} be seen ${place}?`,
    ],
    answers: [`${seen}, so ${isThere ? "yes" : "no"}.`],
    decisions: [`${isThere ? "Yes" : "No"}, t${seen.slice(1)}.`],
  }
}
