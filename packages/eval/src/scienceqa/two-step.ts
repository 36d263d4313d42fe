/** What v0 appends to its own reasoning to be asked for the letter. */
export const letterCue = " ###\nANSWER:"

/** The second prompt of LLaVA v0's two-step answering: the first one, the reasoning it gave, and the cue for the letter. */
export function secondStepPrompt(prompt: string, reasoning: string): string {
  return `${prompt}${reasoning}${letterCue}`
}

/** The answer that is kept: the reasoning, and the reply to the second prompt in the sentence that is parsed. */
export function joinSteps(reasoning: string, reply: string): string {
  return `${reasoning}\n The answer is ${reply}`
}
