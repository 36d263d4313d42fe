import type { Turn } from "./template.ts"

/** Turns without an answer that nobody asked for, which some samples begin with. */
export function dropLeadingAnswer(turns: readonly Turn[]): readonly Turn[] {
  const first = turns.findIndex((turn) => turn.role !== "system")
  return turns[first]?.role === "assistant" ? turns.toSpliced(first, 1) : turns
}
