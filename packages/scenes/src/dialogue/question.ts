import type { Scene } from "../scene/scene.ts"
import type { About } from "./about.ts"
import type { QuestionKind } from "./question-kind.ts"

/** A question with a true answer. */
export interface Question {
  readonly kind: QuestionKind
  readonly question: string
  readonly answer: string
  readonly about: About
  /** Absent where there is no picture. */
  readonly scene?: Scene
}
