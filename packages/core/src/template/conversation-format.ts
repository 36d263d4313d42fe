import type { Turn } from "./template.ts"

/** How turns are put together; the names are those of `SeparatorStyle` in llava/conversation.py. */
export type SeparatorStyle = "SINGLE" | "TWO" | "MPT" | "PLAIN" | "LLAMA_2"

/** A conversation template as data, after `Conversation` of llava/conversation.py. */
export interface ConversationFormat {
  readonly style: SeparatorStyle
  readonly system: string
  /** The part of `system` that is markup and stays when a conversation brings its own system text. */
  readonly systemOpening?: string
  readonly roles: { readonly user: string; readonly assistant: string }
  readonly separator: string
  /** What ends an answer, where that differs from what ends a question. */
  readonly answerSeparator?: string
  /** Turns that come before the first one of the user when prompting; training leaves them out. */
  readonly examples?: readonly Turn[]
  /** Images are written `<Image>…</Image>`. */
  readonly tagsImages?: boolean
}
