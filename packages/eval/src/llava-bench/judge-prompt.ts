import { describeImage } from "./describe-image.ts"
import type { ImageDescription } from "./parse-contexts.ts"

/** One entry of `rule.json`: what the judge is told, and what the two answers are called. */
export interface JudgeRule {
  role: string
  prompt: string
}

export interface JudgePromptOptions {
  /** Captions of the image; with boxes in the COCO set. */
  context: ImageDescription
  question: string
  /** The reference's answer, then the candidate's; exchanged where position bias is to be seen. */
  answers: readonly [string, string]
  rule: JudgeRule
}

/** How the judge is called in the published reviews. */
export const judgeSettings = {
  system: "You are a helpful and precise assistant for checking the quality of the answer.",
  temperature: 0.2,
  maxTokens: 1024,
} as const

/** The judge's message, letter for letter as LLaVA's `eval_gpt_review_visual.py` and `eval_gpt_review_bench.py` write it. */
export function judgePrompt({ context, question, answers, rule }: JudgePromptOptions): string {
  const answer = (number: number, text: string) =>
    `[${rule.role} ${number}]\n${text}\n\n[End of ${rule.role} ${number}]\n\n`
  return [
    `[Context]\n${describeImage(context)}\n\n`,
    `[Question]\n${question}\n\n`,
    answer(1, answers[0]),
    answer(2, answers[1]),
    `[System]\n${rule.prompt}\n\n`,
  ].join("")
}
