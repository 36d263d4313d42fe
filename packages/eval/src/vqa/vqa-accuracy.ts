import { mean } from "../statistics/mean.ts"
import { normalizeTextVqaAnswer, normalizeVqaAnswer } from "./normalize-answer.ts"

/**
 * The VQA challenge's accuracy of one answer, 0 to 1: over each way to leave one person out, a third for each other person
 * who answers so, at most 1; then the mean. Answers are normalised only where the people disagree, as there.
 */
export function vqaAccuracy(answer: string, people: readonly string[]): number {
  const agree = new Set(people).size <= 1
  const normal = agree ? (text: string) => text : normalizeVqaAnswer
  return leaveOneOut(agree ? answer.replace(/[\n\t]/g, " ").trim() : normal(answer), people.map(normal))
}

/** TextVQA's accuracy of one answer: the same, always normalised, by its own rule. */
export function textVqaAccuracy(answer: string, people: readonly string[]): number {
  return leaveOneOut(normalizeTextVqaAnswer(answer), people.map(normalizeTextVqaAnswer))
}

/** GQA's exact match of one answer: lower case, without full stops at its end. */
export function gqaMatch(answer: string, truth: string): boolean {
  return answer.trim().replace(/\.+$/, "").toLowerCase() === truth.trim().toLowerCase()
}

function leaveOneOut(answer: string, people: readonly string[]): number {
  const same = people.filter((other) => other === answer).length
  return mean(people.map((other) => Math.min(1, (same - (other === answer ? 1 : 0)) / 3)))
}
