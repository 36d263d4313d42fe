/** The letters of choices, in order; ScienceQA has five at most. */
export const optionLetters = ["A", "B", "C", "D", "E"] as const

/** `current` is LLaVA's rule since 2023-10-11; `legacy` the one before, which knows only the sentence. */
export type AnswerParser = "current" | "legacy"

const sentence = /The answer is ([A-Z])[^\n]/g

/**
 * The letter that an answer's text gives, or undefined.
 *
 * `current`: the text is a letter from A to E; or begins with one and ". "; or says `The answer is X.` exactly once. The
 * dot of that sentence stands for any character but a line end, as in the original. The letter may still be outside the
 * problem's choices.
 */
export function parseAnswer(text: string, parser: AnswerParser = "current"): string | undefined {
  if (parser === "current") {
    const first = text.charAt(0)
    if ((optionLetters as readonly string[]).includes(first) && (text.length === 1 || text.startsWith(". ", 1))) {
      return first
    }
  }
  const found = [...text.matchAll(sentence)]
  return found.length === 1 ? found[0]![1] : undefined
}
