import { listCompactly } from "../../language/list-compactly.ts"
import { listObjects } from "../../language/list-objects.ts"
import { numberWord } from "../../language/number-word.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const countAll: QuestionMaker = (scene) => {
  const list = listObjects(scene.objects)
  const single = scene.objects.length === 1
  const number = numberWord(scene.objects.length)
  const noun = single ? "thing" : "things"
  return {
    about: { type: "count", nouns: ["thing", "things", "object", "objects"] },
    questions: [
      "How many things are there?",
      "How many objects are in the picture?",
      "How many things do you see?",
      "Count the objects.",
      "how many things are in the pic",
      "What is the number of objects?",
      "How many objects can you see in total?",
      "how many objects",
      "How many are there?",
      "How much stuff is in it?",
    ],
    answers: [`I see ${list}: ${number} ${noun}.`, `There ${single ? "is" : "are"} ${list}: ${number} ${noun}.`],
    decisions: [`There ${single ? "is" : "are"} ${number} ${noun}: ${list}.`],
    compact: ["how many things?", `${listCompactly(scene.objects)}: ${number}.`],
  }
}
