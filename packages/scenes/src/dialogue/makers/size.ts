import { isBigger } from "../../facts/is-bigger.ts"
import { singleObjects } from "../../facts/single-objects.ts"
import type { QuestionMaker } from "../question-draft.ts"

/** Which of two objects, or of all, is the bigger or smaller one; asked where one clearly is. */
export const size: QuestionMaker = (scene, random) => {
  const single = random.shuffle(singleObjects(scene))
  const extreme = random.pick(["biggest", "smallest"] as const)
  const beats = (object: (typeof single)[number], other: (typeof single)[number]) =>
    isBigger(object, other) === (extreme === "biggest")
  if (random.chance(0.4)) {
    const winner = single.find((object) => scene.objects.every((other) => other === object || beats(object, other)))
    if (!winner || scene.objects.length < 2) return undefined
    return {
      about: { type: "extreme-size", kinds: scene.objects.map(({ kind }) => kind), extreme },
      questions: [
        `What is the ${extreme} thing?`,
        `Which object is the ${extreme}?`,
        `What is the ${extreme === "biggest" ? "largest" : "smallest"} object in the picture?`,
        `Which thing is ${extreme} here?`,
      ],
      answers: [`The ${winner.kind} is the ${extreme}.`, `The ${extreme} thing is the ${winner.kind}.`],
    }
  }
  for (const winner of single) {
    const other = single.find((each) => each !== winner && beats(winner, each))
    if (!other) continue
    const comparison = extreme === "biggest" ? "bigger" : "smaller"
    const pair = random.shuffle([winner.kind, other.kind])
    return {
      about: { type: "extreme-size", kinds: pair, extreme },
      questions: [
        `Which is ${comparison}, the ${pair[0]} or the ${pair[1]}?`,
        `What is ${comparison}: the ${pair[0]} or the ${pair[1]}?`,
        `${comparison}: ${pair[0]} or ${pair[1]}`,
      ],
      answers: [
        `The ${winner.kind} is ${comparison} than the ${other.kind}.`,
        `The ${winner.kind} is the ${comparison} one.`,
      ],
    }
  }
  return undefined
}
