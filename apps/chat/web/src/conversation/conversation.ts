import type { Problem } from "../problem.ts"
import type { AnswerFacts } from "./answer-facts.ts"

/** One question or answer. Turns with the same parent are alternatives: an edited question, an answer made again. */
export interface Turn {
  readonly id: string
  readonly parent: string | null
  readonly role: "user" | "assistant"
  readonly text: string
  /** Ids of stored pictures, in the order in which the model sees them. */
  readonly pictures: readonly string[]
  /** Of answers. `writing` is found in storage where the page was closed in the middle of an answer. */
  readonly state?: "writing" | "done" | "stopped" | "failed"
  readonly problem?: Problem
  readonly facts?: AnswerFacts
}

/** A tree of turns and the branch that is shown, which ends at `leaf`. */
export interface Conversation {
  readonly id: string
  readonly title: string
  /** Milliseconds since 1970. */
  readonly created: number
  readonly changed: number
  /** In order of creation. */
  readonly turns: readonly Turn[]
  readonly leaf: string | null
}
