import type { ImageInput, Message } from "@llava/core"

/** A question with its pictures before it. */
export function userMessage(text: string, images: readonly ImageInput[]): Message {
  if (images.length === 0) return { role: "user", content: text }
  return {
    role: "user",
    content: [...images.map((image) => ({ type: "image" as const, image })), { type: "text", text }],
  }
}
