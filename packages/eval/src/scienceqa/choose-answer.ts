import type { Message } from "@llava/core"
import { likeliestChoice } from "./constrain-answer.ts"
import { optionLetters } from "./parse-answer.ts"
import type { Problem } from "./problem.ts"
import type { ProblemAnsweringModel } from "./problem-answering-model.ts"
import type { PromptFormat } from "./prompt-format.ts"

export interface ChooseAnswerOptions {
  problem: Problem
  format: PromptFormat
  /** Compare the letters in the sentence of the format; or the choices' texts, by the mean over their tokens. */
  by: "letters" | "texts"
  signal?: AbortSignal | undefined
}

/**
 * Answers by likelihood instead of writing: the text holds the letter of the likeliest choice, in the format's words, or
 * nothing where no likelihood is a number. `details` has the log-probabilities.
 */
export async function chooseAnswer(
  model: Pick<ProblemAnsweringModel, "score">,
  messages: readonly Message[],
  { problem, format, by, signal }: ChooseAnswerOptions,
): Promise<{ text: string; details: { logProbabilities: number[] } }> {
  const letters = problem.choices.map((_, index) => optionLetters[index] ?? String.fromCharCode(65 + index))
  const said = letters.map((letter) => (format === "v1.5" ? letter : `The answer is ${letter}`))
  const texts = problem.choices.map((choice, index) => choice || said[index]!)
  const choices = by === "letters" ? said : texts
  const { scores, tokenCounts } = await model.score({ messages, choices, ...(signal && { signal }) })
  const logProbabilities = scores.map((score, index) => (by === "letters" ? score : score / tokenCounts[index]!))
  const best = likeliestChoice(logProbabilities)
  const text = best === undefined ? "" : format === "v1.5" ? letters[best]! : `The answer is ${letters[best]}.`
  return { text, details: { logProbabilities } }
}
