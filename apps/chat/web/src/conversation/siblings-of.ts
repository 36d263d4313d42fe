import type { Conversation, Turn } from "./conversation.ts"

/** A turn and its alternatives, the oldest first. */
export function siblingsOf(conversation: Conversation, turn: Turn): Turn[] {
  return conversation.turns.filter(({ parent, role }) => parent === turn.parent && role === turn.role)
}
