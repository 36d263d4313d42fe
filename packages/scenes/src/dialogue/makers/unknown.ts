import { findKind } from "../../kinds/find-kind.ts"
import { kinds } from "../../kinds/kinds.ts"
import { withArticle } from "../../language/with-article.ts"
import type { SeededRandom } from "../../random/seeded-random.ts"
import type { Scene } from "../../scene/scene.ts"
import type { QuestionMaker } from "../question-draft.ts"

/** Things that no world draws, with their plural. */
const never: readonly (readonly [string, string])[] = [
  ["person", "people"],
  ["man", "men"],
  ["woman", "women"],
  ["child", "children"],
  ["boy", "boys"],
  ["girl", "girls"],
  ["table", "tables"],
  ["window", "windows"],
  ["moon", "moons"],
  ["unicorn", "unicorns"],
  ["robot", "robots"],
  ["bridge", "bridges"],
]

/** Whether there is something, how many, or where, that the world does not have. */
export const unknown: QuestionMaker = (scene, random) => {
  const { name, plural, known } = draw(scene, random)
  const a = withArticle(name)
  const form = random.pick(["presence", "presence", "presence", "places", "count"] as const)
  if (form === "places" && known) {
    return {
      about: { type: "places", kind: name },
      questions: [`Where is the ${name}?`, `wheres the ${name}`, `Can you find the ${name}?`, `And the ${name}?`],
      answers: ["There is no such thing in the picture.", `There is no ${name} in the picture.`],
    }
  }
  if (form === "count") {
    return {
      about: { type: "count", kinds: known ? [name] : [], nouns: [name, plural] },
      questions: [`How many ${plural} are there?`, `How many ${plural} do you see?`, `how many ${plural}`],
      answers: ["I see no such thing: zero.", `There is no ${name}: zero.`],
    }
  }
  return {
    about: { type: "presence", kinds: known ? [name] : [] },
    questions: [
      `Is there ${a}?`,
      `Is there ${a} in the picture?`,
      `Do you see ${a}?`,
      `Can you see ${a}?`,
      `is that ${a}`,
      `any ${plural}?`,
      `Are there any ${plural}?`,
      `do you see any ${plural} here`,
      `${a}?`,
    ],
    answers: ["I see no such thing, so no.", `There is no ${name}, so no.`],
    decisions: ["No, I see no such thing.", `No, there is no ${name}.`],
  }
}

function draw({ world, objects }: Scene, random: SeededRandom): { name: string; plural: string; known: boolean } {
  // A sailboat may be taken for a ship: what is shown must not be what is asked for.
  const taken = new Set([...world.kinds, ...objects.flatMap(({ kind }) => findKind(kind).alike ?? [])])
  const strange = [...kinds.values()].filter(({ name }) => !taken.has(name))
  if (strange.length > 0 && random.chance(0.7)) return { ...random.pick(strange), known: true }
  const [name, plural] = random.pick(never)
  return { name, plural, known: false }
}
