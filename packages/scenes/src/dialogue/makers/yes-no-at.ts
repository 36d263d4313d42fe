import { drawAbsentKind } from "../../facts/draw-absent-kind.ts"
import { isNearZone } from "../../facts/is-near-zone.ts"
import { objectsOfKind } from "../../facts/objects-of-kind.ts"
import { findKind } from "../../kinds/find-kind.ts"
import { askedName } from "../../language/asked-name.ts"
import { askedPlace } from "../../language/asked-place.ts"
import { listObjects } from "../../language/list-objects.ts"
import { withArticle } from "../../language/with-article.ts"
import { zones } from "../../scene/zone.ts"
import type { QuestionMaker } from "../question-draft.ts"

/** Whether a kind is in a zone: there, clearly elsewhere, or not in the scene at all. */
export const yesNoAt: QuestionMaker = (scene, random) => {
  const absent = random.chance(0.2) ? drawAbsentKind(scene, random) : undefined
  const object = random.pick(scene.objects)
  const kind = absent ?? object.kind
  const found = objectsOfKind(scene, kind)
  const clear = zones.filter((each) => found.every((other) => !isNearZone(each, other.zone)))
  const zone = random.chance(0.6) && clear.includes(object.zone) ? object.zone : random.pick(clear)
  const place = askedPlace(zone, random)
  const a = withArticle(askedName(kind, scene.world, random))
  const isThere = found.some((each) => each.zone === zone)
  const seen =
    found.length === 0 ? `There is no ${kind}` : `${found.length > 1 ? "There are" : "There is"} ${listObjects(found)}`
  return {
    about: { type: "presence", kinds: [kind], zone },
    questions: [
      `Is there ${a} ${place}?`,
      `Do you see ${a} ${place}?`,
      `Is the thing ${place} ${a}?`,
      `Can ${a} be seen ${place}?`,
      `any ${findKind(kind).plural} ${place}`,
      `Is that ${a} ${place}?`,
      ...(found.length === 1 ? [`Is the ${kind} ${place}?`, `is the ${kind} ${place} or not`] : []),
    ],
    answers: [`${seen}, so ${isThere ? "yes" : "no"}.`],
    decisions: [`${isThere ? "Yes" : "No"}, t${seen.slice(1)}.`],
  }
}
