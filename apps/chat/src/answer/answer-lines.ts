import type { AnswerOutput } from "../output/answer-output.ts"
import type { ChatSession } from "../setup/chat-session.ts"
import { answerPrompt } from "./answer-prompt.ts"

/** Answers prompts one by one, each by itself; an empty line separates the answers unless they are JSON. */
export async function answerLines(
  session: ChatSession,
  prompts: AsyncIterable<string>,
  output: AnswerOutput,
): Promise<void> {
  let isFirst = true
  for await (const prompt of prompts) {
    if (!isFirst && !session.json) await output.write("\n")
    isFirst = false
    await answerPrompt(session, prompt, output)
  }
}
