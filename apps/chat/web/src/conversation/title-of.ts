import type { Turn } from "./conversation.ts"

const longest = 48

/** A short name for a conversation that begins with this question: its first line, cut between words. */
export function titleOf({ text, pictures }: Pick<Turn, "text" | "pictures">): string {
  const line = text.trim().split("\n", 1)[0] ?? ""
  if (line === "") return pictures.length > 0 ? "A picture" : "Conversation"
  if (line.length <= longest) return line
  const cut = line.slice(0, longest)
  const space = cut.lastIndexOf(" ")
  return `${space > longest / 2 ? cut.slice(0, space) : cut}…`
}
