import { capitalized } from "../../language/capitalized.ts"
import { joinWords } from "../../language/join-words.ts"
import { withArticle } from "../../language/with-article.ts"
import { zonePlace } from "../../language/zone-place.ts"
import { zones } from "../../scene/zone.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const at: QuestionMaker = (scene, random) => {
  const empty = zones.filter((each) => scene.objects.every(({ zone }) => zone !== each))
  const zone = empty.length > 0 && random.chance(0.25) ? random.pick(empty) : random.pick(scene.objects).zone
  const found = scene.objects.filter((object) => object.zone === zone).map(({ kind }) => withArticle(kind))
  const list = found.length > 0 ? joinWords(found) : "nothing"
  const verb = found.length > 1 ? "are" : "is"
  const place = zonePlace(zone)
  const of =
    zone === "center" ? "of the picture" : `${zone === "left" || zone === "right" ? "side " : ""}of the picture`
  return {
    about: { type: "zone", zone },
    questions: [
      `What is ${place}?`,
      `What do you see ${place}?`,
      `What is ${place} ${of}?`,
      `Which object is ${place}?`,
      `What can be seen ${place}?`,
      `Is there anything ${place}?`,
      `whats ${place}`,
      `Tell me what is ${place}.`,
    ],
    answers: [
      `${capitalized(place)} there ${verb} ${list}.`,
      `${capitalized(place)} I see ${list}.`,
      `There ${verb} ${list} ${place}.`,
    ],
    compact: [`what is at the ${zone}?`, `at the ${zone}: ${found.length > 0 ? found.join(", ") : "nothing"}.`],
  }
}
