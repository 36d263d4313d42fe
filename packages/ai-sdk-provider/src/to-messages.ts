import {
  type LanguageModelV4FilePart,
  type LanguageModelV4Message,
  type LanguageModelV4Prompt,
  type SharedV4Warning,
  UnsupportedFunctionalityError,
} from "@ai-sdk/provider"
import type { ContentPart, Message } from "@llava/core"

type UserPart = Extract<LanguageModelV4Message, { role: "user" }>["content"][number]
type AssistantPart = Extract<LanguageModelV4Message, { role: "assistant" }>["content"][number]

/**
 * The prompt of a call as messages of ours. Texts and images go in; reasoning of earlier answers is left out with a
 * warning. Errors: `UnsupportedFunctionalityError` for tools, other files and other addresses.
 */
export function toMessages(prompt: LanguageModelV4Prompt): { messages: Message[]; warnings: SharedV4Warning[] } {
  const messages: Message[] = []
  const warnings: SharedV4Warning[] = []
  for (const message of prompt) {
    if (message.role === "system") messages.push({ role: "system", content: message.content })
    else if (message.role === "user") messages.push({ role: "user", content: message.content.map(userPart) })
    else if (message.role === "assistant") {
      const said = message.content.filter(({ type }) => type !== "reasoning" && type !== "reasoning-file")
      if (said.length < message.content.length) {
        warnings.push({ type: "unsupported", feature: "reasoning", details: "Earlier reasoning was left out." })
      }
      messages.push({ role: "assistant", content: said.map(assistantPart) })
    } else throw unsupported("tool messages")
  }
  return { messages, warnings }
}

function userPart(part: UserPart): ContentPart {
  return part.type === "text" ? { type: "text", text: part.text } : filePart(part)
}

function assistantPart(part: AssistantPart): ContentPart {
  if (part.type === "text") return { type: "text", text: part.text }
  throw unsupported(`${part.type} parts in messages of the assistant`)
}

function filePart({ data, mediaType }: LanguageModelV4FilePart): ContentPart {
  const [kind] = mediaType.split("/", 1)
  if (data.type === "text" && kind === "text") return { type: "text", text: data.text }
  if (kind !== "image") throw unsupported(`files of the media type ${mediaType}`)
  if (data.type === "data") return { type: "image", image: bytesOf(data.data, mediaType) }
  if (data.type !== "url") throw unsupported(`images given as ${data.type}`)
  // Nothing else: a prompt is no reason to read a file of this machine.
  if (/^(https?|data):$/.test(data.url.protocol)) return { type: "image", image: data.url }
  throw unsupported(`images from ${data.url.protocol} addresses`)
}

/** A data URL: decoding, and the message where it is no base64, is core's. */
function bytesOf(data: Uint8Array | string, mediaType: string): Uint8Array | string {
  return typeof data === "string" ? `data:${mediaType.includes("/") ? mediaType : "image/*"};base64,${data}` : data
}

function unsupported(functionality: string): UnsupportedFunctionalityError {
  return new UnsupportedFunctionalityError({
    functionality,
    message: `LLaVA models take texts and images, no ${functionality}.`,
  })
}
