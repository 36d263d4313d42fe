import type { CheckedReply } from "../reply.ts"

/** A reply that stops before its end: at the token limit, or inside a sentence. Short answers may lack a full stop. */
export function findTruncation({ reply, turns }: CheckedReply): string | undefined {
  if (reply.finishReason === "length") return "the reply was cut at the token limit"
  const last = turns.at(-1)?.answer
  // Without an answer the form is wrong, which is told elsewhere.
  if (!last || /[.!?…:]["'”’)\]*]*$/.test(last)) return undefined
  const words = last.split(/\s+/)
  const isOpen = /[,;([{–-]$|\b(a|an|the|and|or|of|to|with|in|on|at|is|are|for|from|by|which|that)$/i.test(last)
  return isOpen || words.length > 8 ? `no end: ...${words.slice(-6).join(" ")}` : undefined
}
