import type { Llava } from "@llava/model"
import type { AnswerOutput } from "../output/answer-output.ts"
import type { GenerationSettings } from "../setup/chat-session.ts"
import type { Conversation } from "./conversation.ts"

/**
 * Answers a message of a conversation as the words come. What was said until `signal` stops it stays in the
 * conversation; a message without any answer does not, and its pictures wait for the next one.
 */
export async function answerTurn(
  { model, settings }: { model: Pick<Llava, "generate">; settings: GenerationSettings },
  conversation: Conversation,
  text: string,
  output: Pick<AnswerOutput, "write">,
  signal: AbortSignal,
): Promise<void> {
  const asked = conversation.ask(text)
  let answer = ""
  let ending = "\n"
  try {
    const generation = model.generate({ ...settings, messages: asked, signal })
    for await (const piece of generation) {
      answer += piece.text
      await output.write(piece.text)
    }
    const { finishReason, tokenIds } = await generation.result
    if (finishReason === "length") ending = `\n(cut off after ${tokenIds.length} tokens)\n`
  } catch (error) {
    if (!signal.aborted) {
      conversation.detach()
      if (answer !== "") await output.write("\n")
      throw error
    }
    ending = "\n(stopped)\n"
  }
  if (answer !== "") conversation.keep(asked, answer)
  else if (ending === "\n") ending = "(no answer)\n"
  await output.write(answer === "" ? ending.trimStart() : ending)
}
