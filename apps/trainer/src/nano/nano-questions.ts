import { askScene, type Question, type QuestionKind, type Scene, SeededRandom } from "@llava/scenes"

/** What is asked, and how it is answered. */
export interface NanoDialogue {
  /** How often each kind of question is asked, beside the others. */
  readonly kinds: Readonly<Partial<Record<QuestionKind, number>>>
  /** What an answer begins with where something is to be decided. */
  readonly first: "observation" | "decision"
}

const kinds: NanoDialogue["kinds"] = {
  what: 2,
  where: 3,
  at: 3,
  "yes-no": 3,
  count: 3,
  "count-all": 2,
  relation: 5,
  "relation-yes-no": 4,
  side: 1,
  others: 1,
  setting: 2,
  describe: 1,
  "setting-yes-no": 2,
  "yes-no-at": 3,
  category: 2,
  talk: 2,
  outside: 2,
}

/** What nano learns: answers that observe before they decide. */
export const nanoDialogue: NanoDialogue = { kinds, first: "observation" }

/** Kinds of questions that nano learns. */
export const nanoQuestionKinds = Object.keys(kinds) as QuestionKind[]

/** Share of questions written as people type them. */
const TYPED = 0.15

/** Questions about a scene as nano learns and is asked them, in many wordings. */
export function nanoQuestions(scene: Scene, count: number, dialogue: NanoDialogue = nanoDialogue): Question[] {
  const random = new SeededRandom(scene.seed, "dialogue")
  const drawn = Object.entries(dialogue.kinds).flatMap(([kind, weight]) =>
    new Array<QuestionKind>(weight).fill(kind as QuestionKind),
  )
  const { first } = dialogue
  return askScene(scene, { form: "plain", variedQuestions: true, typed: TYPED, random, count, kinds: drawn, first })
}
