import type { Llava } from "@llava/model"
import { drawScene, judgeAnswer, type Question, type Sprites } from "@llava/scenes"

/** A question of the evaluation with what was answered. */
export interface AnsweredQuestion {
  readonly question: Question
  readonly answer: string
  readonly isRight: boolean
  /** Word for word as expected. */
  readonly isExact: boolean
}

/** Questions answered side by side. */
const BATCH = 50
/** No right answer is longer. */
const MOST_TOKENS = 40

/** Puts questions about scenes to a model, greedily, each with its picture alone, and judges the answers by rule. */
export async function askNano(
  llava: Llava,
  questions: readonly Question[],
  { sprites, signal }: { sprites: Sprites; signal: AbortSignal },
): Promise<AnsweredQuestion[]> {
  const answered: AnsweredQuestion[] = []
  for (let begin = 0; begin < questions.length; begin += BATCH) {
    const asked = questions.slice(begin, begin + BATCH)
    const results = await llava.generateBatch({
      rows: asked.map(({ question, scene }) => ({
        messages: [
          {
            role: "user" as const,
            content: [
              ...(scene ? [{ type: "image" as const, image: drawScene(scene, sprites).image }] : []),
              { type: "text" as const, text: question },
            ],
          },
        ],
      })),
      ...{ maxNewTokens: MOST_TOKENS, temperature: 0, signal },
    })
    llava.forget()
    for (const [index, question] of asked.entries()) {
      const answer = results[index]!.text.trim()
      const isRight = judgeAnswer(question, answer) === "right"
      answered.push({ question, answer, isRight, isExact: answer === question.answer })
    }
  }
  return answered
}
