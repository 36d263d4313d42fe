import { newId } from "../new-id.ts"
import type { Conversation } from "./conversation.ts"

export function newConversation(): Conversation {
  const now = Date.now()
  return { id: newId(), title: "", created: now, changed: now, turns: [], leaf: null }
}
