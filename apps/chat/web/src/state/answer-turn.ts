import { streamAnswer } from "../api/stream-answer.ts"
import type { Turn } from "../conversation/conversation.ts"
import { problemOf } from "../problem-of.ts"
import { messagesOf } from "./messages-of.ts"
import { model } from "./models.ts"
import { settings } from "./settings.ts"

/** How an answer ends: whole, stopped with what there is, or failed with the reason. */
export type AnswerEnd = Pick<Turn, "text" | "state" | "facts" | "problem">

/**
 * Streams the answer to a conversation that ends in a question. `onText` gets the text so far, at most once for each
 * picture that the screen shows. Never rejects.
 */
export async function answerTurn(
  path: readonly Turn[],
  signal: AbortSignal,
  onText: (text: string) => void,
): Promise<AnswerEnd> {
  let text = ""
  let frame = 0
  const show = () => {
    frame = 0
    onText(text)
  }
  try {
    if (model.value === undefined) throw noModel
    const messages = await messagesOf(path)
    const facts = await streamAnswer({
      model: model.value,
      messages,
      sampling: settings.value,
      signal,
      onText: (piece) => {
        text += piece
        if (frame === 0) frame = requestAnimationFrame(show)
      },
    })
    return { text, state: "done", facts }
  } catch (error) {
    if (signal.aborted) return { text, state: "stopped" }
    return { text, state: "failed", problem: problemOf(error) }
  } finally {
    cancelAnimationFrame(frame)
  }
}

const noModel = Object.assign(new Error("There is no model to ask."), {
  nextStep: "Look whether the server is still running, then reload the page.",
})
