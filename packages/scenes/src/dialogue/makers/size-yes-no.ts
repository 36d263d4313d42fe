import { isBigger } from "../../facts/is-bigger.ts"
import { singleObjects } from "../../facts/single-objects.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const sizeYesNo: QuestionMaker = (scene, random) => {
  const single = random.shuffle(singleObjects(scene))
  for (const object of single) {
    const other = single.find((each) => each !== object && isBigger(object, each) !== undefined)
    if (!other) continue
    const truth = isBigger(object, other) ? "bigger" : "smaller"
    const comparison = random.pick(["bigger", "smaller"] as const)
    const [a, b] = [`the ${object.kind}`, `the ${other.kind}`]
    const isTrue = truth === comparison
    const word = comparison === "bigger" ? random.pick(["bigger", "larger"]) : "smaller"
    return {
      about: { type: "is-size", kind: object.kind, comparison, other: other.kind },
      questions: [
        `Is ${a} ${word} than ${b}?`,
        `Would you say that ${a} is ${word} than ${b}?`,
        `${a} ${word} than ${b}?`,
      ],
      answers: [`The ${object.kind} is ${truth} than ${b}, so ${isTrue ? "yes" : "no"}.`],
      decisions: [`${isTrue ? "Yes" : "No"}, ${a} is ${truth} than ${b}.`],
    }
  }
  return undefined
}
