import type { Message } from "@llava/core"
import type { Llava } from "@llava/model"
import type { HandQuestion } from "./hand-question.ts"

/** No right answer is longer. */
const MOST_TOKENS = 40

/** Answers questions in their order, greedily. A judgement stays with the answer that it was about, and goes where that changes. */
export async function* answerByHand(
  model: Pick<Llava, "generate">,
  questions: Iterable<HandQuestion>,
  { sceneFile, signal }: { sceneFile: (scene: string) => string; signal: AbortSignal },
): AsyncGenerator<HandQuestion> {
  let turns: readonly Message[] = []
  for (const { answer: judged, sensible, why, ...asked } of questions) {
    const text = { type: "text" as const, text: asked.question }
    const image = { type: "image" as const, image: sceneFile(asked.scene) }
    const content = asked.follows ? [text] : [image, text]
    const messages = [...(asked.follows ? turns : []), { role: "user" as const, content }]
    const result = await model.generate({ messages, maxNewTokens: MOST_TOKENS, temperature: 0, signal }).result
    const answer = result.text.trim()
    turns = [...messages, { role: "assistant", content: answer }]
    const isJudged = answer === judged
    yield {
      ...{ ...asked, answer },
      ...(isJudged && sensible !== undefined && { sensible }),
      ...(isJudged && why !== undefined && { why }),
    }
  }
}
