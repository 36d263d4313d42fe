import type { Turn } from "../conversation/conversation.ts"
import { newId } from "../new-id.ts"
import type { ExchangedSample } from "./exchanged-sample.ts"

/**
 * The turns of a sample, one after the other. Each `<image>` takes the next picture; undefined ones are missing.
 *
 * @param pictures ids in the order of the sample's `image`
 */
export function turnsOf(
  { conversations }: Pick<ExchangedSample, "conversations">,
  pictures: readonly (string | undefined)[],
): Turn[] {
  let next = 0
  let parent: string | null = null
  return conversations.map(({ from, value }): Turn => {
    const places = value.split("<image>")
    const shown = pictures.slice(next, next + places.length - 1)
    next += places.length - 1
    const turn: Turn = {
      id: newId(),
      parent,
      role: from === "human" ? "user" : "assistant",
      text: places
        .map((piece) => piece.replace(/^\n|\n$/g, ""))
        .join(" ")
        .trim(),
      pictures: shown.filter((id) => id !== undefined),
      ...(from === "gpt" ? { state: "done" } : {}),
    }
    parent = turn.id
    return turn
  })
}
