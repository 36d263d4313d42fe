import type { CheckedReply } from "../reply.ts"

const refusals = [
  /\b(I'm|I am|we're|we are) (very |so |truly )?(sorry|afraid|unable|not able)\b/i,
  /\bI (cannot|can't|can not|won't|will not|am not allowed to|could not|couldn't) (\w+ ){0,2}(see|view|look|assist|help|provide|describe|answer|access|generate|fulfil|fulfill|comply|identify|create|write|process|analy[sz]e|open|do that)\b/i,
  /\bas an? (AI|artificial intelligence|(large )?language model|text-based|text-only|chatbot)\b/i,
  /\bI (do not|don't) have (\w+ ){0,3}(access|ability|capability|capabilities|eyes|image|photo|picture)\b/i,
  /\bI(?: would|'d)? (need|have to see|like to see) (\w+ ){0,3}(image|photo|picture) (first|to)\b/i,
  /\b(please|could you|can you) (upload|attach|provide|share|send|give me)\b[^.?!]*\b(image|photo|picture|details|information|captions?|sentences)\b/i,
  /^(sorry|apologies)\b/i,
  /\bI apologi[sz]e\b|\bmy apologies\b/i,
  /\b(against|violates?) (my|the|our) (guidelines|policy|policies)\b/i,
]

/** A reply that declines: it cannot see, will not help, or asks for the picture. */
export function findRefusal({ reply }: CheckedReply): string | undefined {
  if (reply.finishReason === "filter") return "stopped by the content filter"
  const text = reply.text.replaceAll("’", "'")
  for (const pattern of refusals) {
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) return found
  }
  return undefined
}
