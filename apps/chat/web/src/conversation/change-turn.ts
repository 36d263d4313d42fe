import type { Conversation, Turn } from "./conversation.ts"

export function changeTurn(conversation: Conversation, id: string, change: Partial<Turn>): Conversation {
  const turns = conversation.turns.map((turn) => (turn.id === id ? { ...turn, ...change } : turn))
  return { ...conversation, changed: Date.now(), turns }
}
