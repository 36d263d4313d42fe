import type { CheckedReply } from "../reply.ts"

const given = "(?:given|provided|supplied|listed|above|following)"
/** Words that mean nothing but the teacher's material here, and words that also occur in pictures. */
const material =
  "(?:captions?|descriptions?|sentences|bounding boxes|object list|list of (?:the )?objects|annotations?|metadata)"
const ambiguous = "(?:sentence|text|context|information|details|data|input|objects|list)"
const verbs =
  "(?:say|state|mention|describe|indicate|suggest|tell|include|list|note|specify|specifie|agree|give|show|do not|don't|does not|doesn't)s?"
const mentions = [
  /\bbounding[ -]box(es)?\b|\b(person|man|woman|object|dog|cat|car|animal)'s box\b/i,
  /\b(the|these|those|your|all|both|most|two|three|four|five) (\w+ )?captions\b|\b(the|this|each|one|first|second|third|fourth|fifth|last|another|image|photo) caption (say|state|mention|describe|note)s?\b/i,
  new RegExp(
    `\\b(?:according to|based (?:up)?on|judging (?:by|from)|going by|from|in|per) (?:the |these |those |this |your )?(?:${given} )?${material}\\b`,
    "i",
  ),
  new RegExp(`\\b(?:the|these|this|your|all|both) (?:\\w+ )?${material}(?: \\w+)? ${verbs}\\b`, "i"),
  new RegExp(
    `\\b${given} (?:${material}|${ambiguous})\\b|\\b${ambiguous} (?:that (?:is|are|was|were) )?${given}\\b`,
    "i",
  ),
  /\b(the|your) (text|context|input) (\w+ )?(say|state|mention|describe|indicate|suggest|tell|include)s?\b/i,
  /\b(is|are|was|were|been|being) (not )?(explicitly |specifically |only |also )?(mentioned|described|listed|stated|specified|annotated)\b/i,
  /\bas (mentioned|stated|listed|noted|specified) (above|before|earlier|in)\b|\bas (mentioned|stated|listed|specified),/i,
  /\b(this|that|your) description\b|\bones? (given|provided|supplied)\b/i,
  /\b(sentences|statements|descriptions|captions|lines) (that )?(you|I) (gave|was given|have|had|provided|supplied)\b/i,
  /\bcoordinates (of|are|is|at|show|indicate|suggest|given|provided|place)\b|\b(the|these|their|its|object|given|box) coordinates\b/i,
  /\b(normali[sz]ed|x1|y1|x2|y2|x-axis|y-axis|x-coordinates?|y-coordinates?)\b/i,
]

/** A reply that shows that its writer had text instead of a picture: it speaks of captions, descriptions, boxes or lists. */
export function findMentionOfSource({ reply: { text } }: CheckedReply): string | undefined {
  for (const pattern of mentions) {
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) return found
  }
  return undefined
}
