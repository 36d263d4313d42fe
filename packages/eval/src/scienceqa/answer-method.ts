/**
 * How a problem is answered.
 *
 * - `free`: the model writes; the answer is read from its text.
 * - `two-step`: it writes its reasoning, then is asked for the letter, as LLaVA v0 was.
 * - `matched`: it writes, and where the rule finds no letter the only choice that the text names is taken.
 * - `letters`: the likeliest letter, without writing.
 * - `texts`: the choice whose text is likeliest, by the mean over its tokens, without writing.
 */
export const answerMethods = ["free", "two-step", "matched", "letters", "texts"] as const

export type AnswerMethod = (typeof answerMethods)[number]
