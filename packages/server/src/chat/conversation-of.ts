import type { ContentPart, Message } from "@llava/core"
import { ApiError } from "../error/api-error.ts"
import { type ReadImageOptions, readImage } from "../images/read-image.ts"
import type { RequestMessage, RequestPart } from "../schema/chat-message.ts"
import type { ServerLimits } from "../server-limits.ts"

export interface ConversationOptions extends Omit<ReadImageOptions, "param" | "limits"> {
  limits: Pick<ServerLimits, "images" | "imageBytes" | "promptCharacters">
}

/**
 * A request's messages as a model takes them, with the bytes of their images. Messages of one role in a row become one,
 * since LLaVA's templates want turns to alternate. Errors: ApiError 400 past the limits and for images that cannot be had.
 */
export async function conversationOf(
  messages: readonly RequestMessage[],
  options: ConversationOptions,
): Promise<Message[]> {
  checkLimits(messages, options.limits)
  const conversation: { role: Message["role"]; content: ContentPart[] }[] = []
  for (const [index, message] of messages.entries()) {
    const role = message.role === "developer" ? "system" : message.role
    const parts = await partsOf(message, `messages[${index}].content`, options)
    const last = conversation.at(-1)
    if (last?.role === role) last.content.push(...parts)
    else conversation.push({ role, content: parts })
  }
  return conversation
}

function checkLimits(messages: readonly RequestMessage[], limits: ConversationOptions["limits"]): void {
  const parts = messages.flatMap(({ content }): readonly RequestPart[] =>
    typeof content === "string" ? [{ type: "text", text: content }] : content,
  )
  const characters = parts.reduce((sum, part) => sum + (part.type === "text" ? part.text.length : 0), 0)
  if (characters > limits.promptCharacters) {
    throw new ApiError(`The messages have ${characters} characters; the limit is ${limits.promptCharacters}.`, {
      status: 400,
      code: "context_length_exceeded",
      param: "messages",
      fix: "Shorten the conversation.",
    })
  }
  const images = parts.filter((part) => part.type !== "text").length
  if (images <= limits.images) return
  throw new ApiError(`The messages have ${images} images; the limit is ${limits.images}.`, {
    status: 400,
    code: "too_many_images",
    param: "messages",
    fix: "Send fewer images.",
  })
}

async function partsOf(
  { content }: RequestMessage,
  path: string,
  options: ConversationOptions,
): Promise<ContentPart[]> {
  if (typeof content === "string") return [{ type: "text", text: content }]
  const parts: ContentPart[] = []
  for (const [index, part] of content.entries()) {
    const param = `${path}[${index}]`
    if (part.type === "text") parts.push(part)
    else parts.push({ type: "image", image: await readImage(referenceOf(part), { ...options, param }) })
  }
  return parts
}

function referenceOf(part: Exclude<RequestPart, { type: "text" }>): string {
  return part.type === "image_url" ? part.image_url.url : (part.file.file_id ?? part.file.file_data!)
}
