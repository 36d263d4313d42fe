import type { ChatContent, ChatMessage } from "../api/chat-message.ts"
import type { Turn } from "../conversation/conversation.ts"
import { dataUrl } from "../pictures/data-url.ts"
import { PictureProblem } from "../pictures/picture-problem.ts"
import { keep } from "./keep.ts"

/**
 * Turns as the server's messages, pictures as data URLs. An answer without a word is left out, and the question before it
 * goes together with the one after it, since questions and answers must alternate.
 */
export async function messagesOf(path: readonly Turn[]): Promise<ChatMessage[]> {
  const messages: { role: Turn["role"]; content: ChatContent[] }[] = []
  for (const turn of path) {
    if (turn.role === "assistant" && turn.text === "") continue
    const content = await contentOf(turn)
    const last = messages.at(-1)
    if (last?.role === turn.role) last.content.push(...content)
    else messages.push({ role: turn.role, content })
  }
  return messages.map(({ role, content }) => {
    const [only, ...more] = content
    return { role, content: only?.type === "text" && more.length === 0 ? only.text : content }
  })
}

async function contentOf({ text, pictures }: Turn): Promise<ChatContent[]> {
  const content: ChatContent[] = []
  for (const id of pictures) content.push({ type: "image_url", image_url: { url: await urlOf(id) } })
  if (text !== "") content.push({ type: "text", text })
  return content
}

async function urlOf(id: string): Promise<string> {
  const picture = await (await keep).picture(id)
  if (picture) return dataUrl(picture.blob)
  throw new PictureProblem("A picture of this conversation is no longer in the browser's storage.")
}
