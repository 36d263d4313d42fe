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
  unknown: 2,
  count: 4,
  "count-all": 2,
  relation: 5,
  "relation-yes-no": 3,
  side: 1,
  others: 2,
  setting: 2,
  describe: 1,
  "setting-yes-no": 2,
  "yes-no-at": 4,
  category: 3,
  colour: 2,
  "colour-yes-no": 1,
  reasoning: 1,
  talk: 2,
  outside: 3,
}

/** What nano learns: answers that observe before they decide. */
export const nanoDialogue: NanoDialogue = { kinds, first: "observation" }

/** Kinds of questions that nano learns. */
export const nanoQuestionKinds = Object.keys(kinds) as QuestionKind[]

/** Share of questions written as people type them. */
const TYPED = 0.15
/** Share of questions that go on about the thing of the one before. */
export const FOLLOW_UPS = 0.15

/** Questions about a scene as nano learns and is asked them, in many wordings. */
export function nanoQuestions(scene: Scene, count: number, dialogue: NanoDialogue = nanoDialogue): Question[] {
  const random = new SeededRandom(scene.seed, "dialogue")
  const drawn = Object.entries(dialogue.kinds).flatMap(([kind, weight]) =>
    new Array<QuestionKind>(weight).fill(kind as QuestionKind),
  )
  const { first } = dialogue
  return askScene(scene, {
    form: "plain",
    variedQuestions: true,
    typed: TYPED,
    followUps: FOLLOW_UPS,
    random,
    count,
    kinds: drawn,
    first,
  })
}

/** Kinds whose answers speak of the setting. */
const ofSetting: readonly string[] = ["setting", "setting-yes-no", "describe", "detail"]

/** What of a dialogue can be said of things wherever they are. */
export function aboutThings({ kinds, first }: NanoDialogue): NanoDialogue {
  return { kinds: Object.fromEntries(Object.entries(kinds).filter(([kind]) => !ofSetting.includes(kind))), first }
}
