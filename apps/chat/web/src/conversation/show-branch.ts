import type { Conversation } from "./conversation.ts"

/** Shows the branch that goes through a turn, and on to the newest of what follows it. */
export function showBranch(conversation: Conversation, turnId: string): Conversation {
  let leaf = turnId
  for (;;) {
    const next = conversation.turns.findLast(({ parent }) => parent === leaf)
    if (!next) return { ...conversation, leaf }
    leaf = next.id
  }
}
