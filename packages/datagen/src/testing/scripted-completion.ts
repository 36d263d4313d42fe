import type { ScriptedAnswer, ScriptedChat } from "./scripted-reply.ts"

export interface ScriptedCompletion {
  id: string
  object: "chat.completion"
  created: number
  model: string
  choices: { index: number; message: { role: "assistant"; content: string }; finish_reason: string }[]
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number }
}

/** A whole reply of the chat API. Tokens are counted in words where the script does not say. */
export function scriptedCompletion(chat: ScriptedChat, answer: ScriptedAnswer): ScriptedCompletion {
  const { text, finishReason = "stop", usage } = answer
  const prompt = usage?.promptTokens ?? words(chat.messages.map(({ content }) => content).join(" "))
  const completion = usage?.completionTokens ?? words(text)
  return {
    id: "scripted",
    object: "chat.completion",
    created: 0,
    model: chat.model,
    choices: [{ index: 0, message: { role: "assistant", content: text }, finish_reason: finishReason }],
    ...(usage !== null && {
      usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    }),
  }
}

function words(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length
}
