import type { ConversationTurn } from "./conversation-turn.ts"
import type { Message } from "./message.ts"

/** A conversation whose images are parts of its messages. Its text is text, whatever it looks like. */
export interface MessagesInput {
  messages: readonly Message[]
}

/** A conversation as LLaVA's files write it, where `<image>` in the text stands for an image. */
export interface TurnsInput {
  turns: readonly ConversationTurn[]
  /** How many images come with it; checked against the placeholders where given. */
  images?: number | undefined
}
