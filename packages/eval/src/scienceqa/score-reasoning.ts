import type { AnswerFile } from "../answers/answer-file.ts"
import { bleu } from "../captions/bleu.ts"
import { ptbTokenize } from "../captions/ptb-tokenize.ts"
import { rougeL } from "../captions/rouge-l.ts"
import { roundHalfEven } from "../statistics/round-half-even.ts"
import type { Problem } from "./problem.ts"

export interface ReasoningScore {
  /** Fractions with four decimals, of the texts against lecture and solution; null where there is nothing to compare. */
  rougeL: number | null
  bleu1: number | null
  bleu4: number | null
  /** Answers to problems with a lecture or solution. */
  compared: number
}

/** How near the reasoning of answers is to lecture and solution, apart from the sentence with the letter. */
export function scoreReasoning(problems: ReadonlyMap<string, Problem>, { answers }: AnswerFile): ReasoningScore {
  const pairs = [...problems].flatMap(([id, { lecture, solution }]) => {
    const reason = `${lecture} ${solution}`.trim()
    const text = answers.get(id)?.text
    if (reason === "" || text === undefined) return []
    return [{ candidate: ptbTokenize(withoutAnswer(text)), references: [ptbTokenize(reason)] }]
  })
  if (pairs.length === 0) return { rougeL: null, bleu1: null, bleu4: null, compared: 0 }
  const { scores } = bleu(pairs)
  const four = (value: number | undefined) => roundHalfEven(value ?? 0, 4)
  return { rougeL: four(rougeL(pairs)), bleu1: four(scores[0]), bleu4: four(scores[3]), compared: pairs.length }
}

function withoutAnswer(text: string): string {
  return text.replace(/The answer is [A-Z]\.( BECAUSE:)?|^(LECTURE|SOLUTION): |###\nANSWER: [A-Z]\.?$/gm, "").trim()
}
