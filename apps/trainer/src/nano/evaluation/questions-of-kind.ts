import { makeScene, type Question, type QuestionKind, type Split, sceneSeed, type World } from "@llava/scenes"
import { type NanoDialogue, nanoDialogue, nanoQuestions } from "../nano-questions.ts"

export interface QuestionsOfKindOptions {
  world: World
  split: Split
  run: number
  count: number
  /** How they are answered. */
  first?: NanoDialogue["first"]
}

/** So many questions of one kind, each about another scene of a split that nothing is trained on. */
export function questionsOfKind(
  kind: QuestionKind,
  { world, split, run, count, first = nanoDialogue.first }: QuestionsOfKindOptions,
): Question[] {
  const questions: Question[] = []
  for (let index = 0; questions.length < count; index++) {
    const scene = makeScene(world, sceneSeed({ split, run, index }))
    questions.push(...nanoQuestions(scene, 1, { kinds: { [kind]: 1 }, first }))
  }
  return questions
}
