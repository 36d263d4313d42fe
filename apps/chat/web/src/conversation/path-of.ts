import type { Conversation, Turn } from "./conversation.ts"

/** The branch that is shown, from its first turn; or the one that ends at another turn. */
export function pathOf(conversation: Conversation, leaf = conversation.leaf): Turn[] {
  const byId = new Map(conversation.turns.map((turn) => [turn.id, turn]))
  const path: Turn[] = []
  for (let turn = byId.get(leaf ?? ""); turn; turn = byId.get(turn.parent ?? "")) path.unshift(turn)
  return path
}
