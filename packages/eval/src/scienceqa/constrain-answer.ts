import { optionLetters, parseAnswer } from "./parse-answer.ts"

/** The index of the likeliest letter by its scores, such as log-probabilities; undefined where none is a number. */
export function likeliestChoice(scores: readonly number[]): number | undefined {
  let best: number | undefined
  for (const [index, score] of scores.entries()) {
    if (!Number.isNaN(score) && (best === undefined || score > scores[best]!)) best = index
  }
  return best
}

/**
 * The choice that free text names: by the current rule, else the only choice whose text it contains as words (of choices
 * that contain each other, the longer). Undefined where it names none or several.
 */
export function constrainAnswer(text: string, choices: readonly string[]): number | undefined {
  const letter = parseAnswer(text)
  if (letter !== undefined) {
    const index = (optionLetters as readonly string[]).indexOf(letter)
    return index >= 0 && index < choices.length ? index : undefined
  }
  const spoken = words(text)
  const named = choices.map(words).map((choice) => (choice !== "  " && spoken.includes(choice) ? choice : undefined))
  const found = named.flatMap((choice, index) => {
    const isPart = named.some(
      (other, at) =>
        at !== index && other !== undefined && choice !== undefined && other !== choice && other.includes(choice),
    )
    return choice === undefined || isPart ? [] : [index]
  })
  return found.length === 1 ? found[0] : undefined
}

function words(text: string): string {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{N}.]+/gu) ?? []).map((word) => word.replace(/\.+$/, "")).join(" ")} `
}
