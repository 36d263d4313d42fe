import { askScene, type Question, type QuestionKind, type Scene, SeededRandom } from "@llava/scenes"

/** What nano learns to answer, and how often each is asked. */
const weights: Partial<Record<QuestionKind, number>> = {
  what: 3,
  where: 3,
  at: 3,
  "yes-no": 3,
  count: 3,
  "count-all": 3,
  relation: 3,
  "relation-yes-no": 3,
  setting: 2,
  describe: 1,
  "setting-yes-no": 1,
  "yes-no-at": 1,
  talk: 1,
  outside: 1,
}

const drawn = Object.entries(weights).flatMap(([kind, weight]) =>
  new Array<QuestionKind>(weight).fill(kind as QuestionKind),
)

/** Kinds of questions that nano learns. */
export const nanoQuestionKinds = Object.keys(weights) as QuestionKind[]

/** Share of questions written as people type them. */
const TYPED = 0.08

/** Questions about a scene as nano learns and is asked them: many wordings, answers that observe before they decide. */
export function nanoQuestions(scene: Scene, count: number, kinds: readonly QuestionKind[] = drawn): Question[] {
  const random = new SeededRandom(scene.seed, "dialogue")
  return askScene(scene, { form: "plain", variedQuestions: true, typed: TYPED, random, count, kinds })
}
