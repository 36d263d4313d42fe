import type { Conversation, Turn } from "./conversation.ts"
import { titleOf } from "./title-of.ts"

/** Adds a turn after its parent and shows the branch that ends with it. The first question names the conversation. */
export function addTurn(conversation: Conversation, turn: Turn): Conversation {
  return {
    ...conversation,
    title: conversation.title || titleOf(turn),
    changed: Date.now(),
    turns: [...conversation.turns, turn],
    leaf: turn.id,
  }
}
