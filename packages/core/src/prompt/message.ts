import type { ImageInput } from "../image/image-types.ts"

export type Role = "system" | "user" | "assistant"

export interface TextPart {
  type: "text"
  text: string
}

export interface ImagePart {
  type: "image"
  image: ImageInput
}

export type ContentPart = TextPart | ImagePart

/** One turn of a conversation, as `generate` and `score` take it. A string is one text part. */
export interface Message {
  role: Role
  content: string | readonly ContentPart[]
}
