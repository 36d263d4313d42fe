import {
  makeScene,
  type Question,
  type QuestionKind,
  questionKinds,
  type Split,
  sceneSeed,
  type World,
} from "@llava/scenes"
import { type NanoDialogue, nanoDialogue, nanoQuestions } from "../nano-questions.ts"

export interface QuestionsOfKindOptions {
  world: World
  split: Split
  run: number
  count: number
  /** How they are answered. */
  first?: NanoDialogue["first"]
}

/** Scenes between the first of one kind of question and that of the next. */
const STRETCH = 100_000

/** So many questions of one kind, each about a scene of its own, of a split that nothing is trained on. */
export function questionsOfKind(
  kind: QuestionKind,
  { world, split, run, count, first = nanoDialogue.first }: QuestionsOfKindOptions,
): Question[] {
  const questions: Question[] = []
  for (let index = questionKinds.indexOf(kind) * STRETCH; questions.length < count; index++) {
    const scene = makeScene(world, sceneSeed({ split, run, index }))
    questions.push(...nanoQuestions(scene, 1, { kinds: { [kind]: 1 }, first }))
  }
  return questions
}
