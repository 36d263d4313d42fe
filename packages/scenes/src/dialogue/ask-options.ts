import type { SeededRandom } from "../random/seeded-random.ts"
import type { QuestionKind } from "./question-kind.ts"

/**
 * How questions and answers are worded. `compact`: few words, always the same, answers restate and locate before they
 * decide. `plain`: full sentences, always the same. `rich`: full sentences of many kinds.
 */
export type Form = "compact" | "plain" | "rich"

export interface AskOptions {
  form: Form
  /** All random choices come from it. */
  random: SeededRandom
  /** Whether answers begin with what was seen or with the decision; default `observation`. Compact ones always observe first. */
  first?: "observation" | "decision"
  /** The chance of a question to be written as people type: misspelt, in other capitals, without its mark; default 0. */
  typed?: number
  /** With `plain` answers: questions of many wordings all the same; default false. */
  variedQuestions?: boolean
}

export interface AskSceneOptions extends AskOptions {
  /** The chance of a question after one about a single thing to speak of that as "it", or to ask what else there is; default 0. */
  followUps?: number
  /** How many questions; fewer where the scene has not as many different ones. */
  count: number
  /** Kinds to draw from, each with the same chance; default all that the form has. */
  kinds?: readonly QuestionKind[]
}
