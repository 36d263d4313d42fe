import type { AnswerOutput } from "../output/answer-output.ts"
import { tell } from "../output/tell.ts"
import type { ChatSession } from "../setup/chat-session.ts"
import { answerReport } from "./answer-report.ts"
import { userMessage } from "./user-message.ts"

/** Answers one prompt on standard output: as text while it comes, or as one line of JSON at the end. */
export async function answerPrompt(session: ChatSession, prompt: string, output: AnswerOutput): Promise<void> {
  const { model, images, paths, settings, json } = session
  const generation = model.generate({ ...settings, messages: [userMessage(prompt, images)] })
  for await (const piece of generation) if (!json) await output.write(piece.text)
  const result = await generation.result
  if (json) return output.write(`${JSON.stringify(answerReport({ ...session, images: paths, prompt, result }))}\n`)
  await output.write("\n")
  if (result.finishReason === "length" && !settings.ignoreEndOfSequence) {
    tell(`the answer is cut off after ${result.tokenIds.length} tokens.`)
  }
}
