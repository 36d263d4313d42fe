import type { SeededRandom } from "../random/seeded-random.ts"
import type { Scene } from "../scene/scene.ts"
import type { About } from "./about.ts"

/** One question in all its wordings, and all wordings of its answer. The first of each list is the plainest. */
export interface QuestionDraft {
  readonly about: About
  readonly questions: readonly string[]
  /** Full sentences; where a decision is asked for, the observations come before it. */
  readonly answers: readonly string[]
  /** The same with the decision first, where that makes a difference. */
  readonly decisions?: readonly string[]
  /** Question and answer in the compact form. */
  readonly compact?: readonly [question: string, answer: string]
}

/** Draws one question of a kind, or none where the scene has no clear answer to one. */
export type QuestionMaker = (scene: Scene, random: SeededRandom) => QuestionDraft | undefined
