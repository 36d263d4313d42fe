import { markedExample } from "./build-example.ts"
import type { ChatMessage } from "./few-shot.ts"
import type { Problem } from "./problem.ts"
import type { PromptFormat } from "./prompt-format.ts"

/**
 * Asks a text-only model for its final answer where it and the model that sees disagree, with both outcomes shown, as
 * LLaVA's paper describes the judge (it does not print the words; these are ours).
 */
export function judgeMessages(
  problem: Problem,
  outcomes: { own: string; other: string },
  format: Exclude<PromptFormat, "v1.5">,
): ChatMessage[] {
  const { input } = markedExample(problem, format)
  const content = [
    input,
    `Answer 1, from a model that sees the image:\n${outcomes.other.trim()}`,
    `Answer 2, your own:\n${outcomes.own.trim()}`,
    "The two answers differ. Weigh both and give your final answer. End with the sentence: The answer is X. (X is the letter of an option.)",
  ].join("\n\n")
  return [
    { role: "system", content: "You are a helpful assistant." },
    { role: "user", content },
  ]
}
