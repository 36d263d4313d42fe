import { directions } from "../../facts/direction.ts"
import { isBeside } from "../../facts/is-beside.ts"
import { isBigger } from "../../facts/is-bigger.ts"
import { singleObjects } from "../../facts/single-objects.ts"
import { findKind } from "../../kinds/find-kind.ts"
import { joinWords } from "../../language/join-words.ts"
import { listObjects } from "../../language/list-objects.ts"
import { numberWord } from "../../language/number-word.ts"
import type { SeededRandom } from "../../random/seeded-random.ts"
import type { Scene } from "../../scene/scene.ts"
import { findSetting } from "../../settings/find-setting.ts"
import type { QuestionMaker } from "../question-draft.ts"

export const detail: QuestionMaker = (scene, random) => {
  const { description, place } = findSetting(scene.setting)
  const list = listObjects(scene.objects)
  const count = scene.objects.length
  const more = [
    ...sentenceOnColours(scene, random),
    ...sentenceOnPlaces(scene, random),
    ...sentenceOnSizes(scene, random),
  ]
  const counted = count === 1 ? "There is one thing" : `There are ${numberWord(count)} things`
  return {
    about: { type: "objects" },
    questions: [
      "Describe the picture in detail.",
      "Give me a detailed description.",
      "Describe everything in the image, with places.",
      "Please describe this scene as exactly as you can.",
      "Tell me all about this picture.",
      "Write a detailed description of the image.",
      "Can you describe the image in more detail?",
      "What exactly is in the picture? Be thorough.",
    ],
    answers: [
      [`The picture shows ${description}.`, `${counted}: ${list}.`, ...more].join(" "),
      [`This is a drawn scene ${place}.`, `I see ${list}.`, ...more].join(" "),
      [`The scene shows ${description}.`, `In it there ${count === 1 ? "is" : "are"} ${list}.`, ...more].join(" "),
    ],
  }
}

function sentenceOnColours(scene: Scene, random: SeededRandom): string[] {
  const single = random.shuffle(singleObjects(scene)).slice(0, 2)
  if (single.length === 0) return []
  const clauses = single.map(({ kind }) => `the ${kind} is ${joinWords(findKind(kind).colours)}`)
  return [`T${joinWords(clauses).slice(1)}.`]
}

function sentenceOnPlaces(scene: Scene, random: SeededRandom): string[] {
  const single = singleObjects(scene)
  for (const object of random.shuffle(single)) {
    for (const direction of random.shuffle(directions)) {
      const other = single.find((each) => each !== object && isBeside(scene, object, direction, each))
      if (other) return [`The ${object.kind} is ${direction} the ${other.kind}.`]
    }
  }
  return []
}

function sentenceOnSizes(scene: Scene, random: SeededRandom): string[] {
  const single = singleObjects(scene)
  for (const object of random.shuffle(single)) {
    const other = single.find((each) => each !== object && isBigger(object, each))
    if (other) return [`The ${object.kind} is bigger than the ${other.kind}.`]
  }
  return []
}
