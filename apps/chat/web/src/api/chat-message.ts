/** A message of /v1/chat/completions. */
export interface ChatMessage {
  readonly role: "user" | "assistant"
  readonly content: string | readonly ChatContent[]
}

export type ChatContent =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image_url"; readonly image_url: { readonly url: string } }
