import type { CheckedReply } from "../reply.ts"

const given = "(given|provided|supplied|listed|above|following)"
const source =
  "(captions?|descriptions?|sentences?|bounding box(es)?|object list|list of (the )?objects|object (data|annotations?)|annotations?|metadata|context|text|input|information|data)"
const mentions = [
  /\bbounding[ -]box(es)?\b/i,
  /\bcaptions\b|\b(the|this|each|one|first|second|third|fourth|fifth|last|another|image|photo) captions?\b(?! (on|of|below|under|printed|written))/i,
  new RegExp(
    `\\b(according to|based (up)?on|judging (by|from)|going by|from|in|per) (the |these |those |this |your )?(${given} )?${source} ?(${given}|you|I|of the (image|photo|picture|scene))?(?=[\\s,.;:!?)]|$)`,
    "i",
  ),
  new RegExp(
    `\\b(the|these|this|your|all|both|most) (${given} )?(descriptions?|sentences?|annotations?|object list|list of objects|text)( \\w+)? (say|says|state|states|mention|mentions|describe|describes|indicate|indicates|suggest|suggests|tell|tells|include|includes|list|lists|note|notes|give|gives|do not|does not|don't|doesn't|specif(y|ies))\\b`,
    "i",
  ),
  new RegExp(
    `\\b${given} (captions?|descriptions?|sentences?|context|information|details|coordinates|objects|boxes)\\b`,
    "i",
  ),
  /\b(is|are|was|were|been|being) (not )?(explicitly |specifically |only |also )?(mentioned|described|listed|stated|specified|annotated|labell?ed)\b(?! (by|for) (a|the) (sign|street))/i,
  /\b(as|not) (mentioned|described|stated|listed|noted|specified)\b/i,
  /\bcoordinates? (of|are|is|at|show|shows|indicate|indicates|suggest|suggests|for|given|provided|list|place|range)\b|\b(the|these|their|its|object|given|box) coordinates\b/i,
  /\b(normali[sz]ed|x1|y1|x2|y2|x-axis|y-axis|x-coordinates?|y-coordinates?)\b/i,
]
const exceptions = /\b(in|from) (the )?(text|data|information|context|input)\b/i

/** A reply that shows that its writer had text instead of a picture: it speaks of captions, descriptions, boxes or lists. */
export function findMentionOfSource({ turns, reply }: CheckedReply): string | undefined {
  const text = turns.length > 0 ? turns.map(({ question, answer }) => `${question}\n${answer}`).join("\n") : reply.text
  for (const pattern of mentions) {
    const found = pattern.exec(text)?.[0]
    if (found !== undefined && !exceptions.test(found)) return found
  }
  return undefined
}
