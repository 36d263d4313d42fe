import type { FileAnswer } from "../answers/answer-file.ts"
import { type AnswerParser, optionLetters, parseAnswer } from "./parse-answer.ts"
import type { Problem } from "./problem.ts"

/** What an answer says: the index of a choice; or why there is none. */
export type ReadChoice = { choice: number; problem?: never } | { choice?: never; problem: "unparsed" | "outOfRange" }

/** The choice that an answer's text names, or without a text the recorded one. */
export function readChoice({ text, choice }: FileAnswer, { choices }: Problem, parser: AnswerParser): ReadChoice {
  if (text === undefined) return fromIndex(choice ?? -1, choices.length)
  const letter = parseAnswer(text, parser)
  if (letter === undefined) return { problem: "unparsed" }
  const index = (optionLetters as readonly string[]).indexOf(letter)
  return index === -1 ? { problem: "outOfRange" } : fromIndex(index, choices.length)
}

function fromIndex(index: number, count: number): ReadChoice {
  if (index < 0) return { problem: "unparsed" }
  return index < count ? { choice: index } : { problem: "outOfRange" }
}
