import { isNearZone } from "../../facts/is-near-zone.ts"
import { askedPlace } from "../../language/asked-place.ts"
import { capitalized } from "../../language/capitalized.ts"
import { joinWords } from "../../language/join-words.ts"
import { withArticle } from "../../language/with-article.ts"
import { zonePlace } from "../../language/zone-place.ts"
import { type Zone, zones } from "../../scene/zone.ts"
import type { QuestionMaker } from "../question-draft.ts"

/** What is in a zone; asked where nothing beside it could be meant, too. */
export const at: QuestionMaker = (scene, random) => {
  const clear = zones.filter((each) => scene.objects.every(({ zone }) => !isNearZone(each, zone)))
  const [full, empty] = [true, false].map((wanted) =>
    clear.filter((each) => scene.objects.some(({ zone }) => zone === each) === wanted),
  ) as [Zone[], Zone[]]
  const chosen = full.length === 0 || (empty.length > 0 && random.chance(0.25)) ? empty : full
  if (chosen.length === 0) return undefined
  const zone = random.pick(chosen)
  const found = scene.objects.filter((object) => object.zone === zone).map(({ kind }) => withArticle(kind))
  const list = found.length > 0 ? joinWords(found) : "nothing"
  const verb = found.length > 1 ? "are" : "is"
  const [place, asked] = [zonePlace(zone), askedPlace(zone, random)]
  const of =
    zone === "center" ? "of the picture" : `${zone === "left" || zone === "right" ? "side " : ""}of the picture`
  return {
    about: { type: "zone", zone },
    questions: [
      `What is ${asked}?`,
      `What do you see ${asked}?`,
      `What is ${place} ${of}?`,
      `Which object is ${asked}?`,
      `What can be seen ${asked}?`,
      `Is there anything ${asked}?`,
      `whats ${asked}`,
      `Tell me what is ${asked}.`,
      `And ${asked}?`,
      `${zone}?`,
      `whats there ${asked}`,
    ],
    answers: [
      `${capitalized(place)} there ${verb} ${list}.`,
      `${capitalized(place)} I see ${list}.`,
      `There ${verb} ${list} ${place}.`,
    ],
    compact: [`what is at the ${zone}?`, `at the ${zone}: ${found.length > 0 ? found.join(", ") : "nothing"}.`],
  }
}
