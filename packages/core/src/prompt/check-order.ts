import type { Turn } from "../template/template.ts"
import { PromptError } from "./prompt-error.ts"

/** Turns must alternate, after at most one system turn in front. A prompt also begins and ends with the user. */
export function checkOrder(turns: readonly Turn[], purpose: "generation" | "training"): void {
  const spoken = turns[0]?.role === "system" ? turns.slice(1) : turns
  if (spoken.length === 0) {
    throw new PromptError("The conversation is empty.", { code: "empty-conversation", fix: "Give at least one turn." })
  }
  for (const [index, turn] of spoken.entries()) {
    if (turn.role === "system") throw outOfOrder(`turn ${index + 1} is a system turn`, "It can only come first.")
    if (turn.role === spoken[index - 1]?.role) {
      throw outOfOrder(`turns ${index} and ${index + 1} are both from the ${turn.role}`, "Turns must alternate.")
    }
  }
  if (purpose === "training") return
  if (spoken[0]?.role !== "user") throw outOfOrder("the assistant speaks first", "The first turn must be the user's.")
  if (spoken.at(-1)?.role !== "user") {
    throw outOfOrder("the assistant speaks last", "The last turn must be the user's: the answer to it is asked for.")
  }
}

function outOfOrder(what: string, fix: string): PromptError {
  return new PromptError(`Roles out of order: ${what}.`, { code: "roles-out-of-order", fix })
}
