import type { Zone } from "../scene/zone.ts"
import type { Claim } from "./claim.ts"
import { isMark } from "./is-mark.ts"
import { type KindMatch, matchKind } from "./match-kind.ts"
import { matchZone } from "./match-zone.ts"
import { numberOfWord } from "./number-of-word.ts"
import { readDecision } from "./read-decision.ts"
import { wordsOf } from "./words-of.ts"

/** Words that may stand between "a" and "cat". */
const adjective =
  /^(red|orange|yellow|green|blue|purple|pink|brown|gray|black|white|big|small|large|little|single|other|drawn|more|cute|nice|and)$/

/**
 * What a text says is, or is not, in a picture, in the order of the text. Sentences and clauses are taken apart by their
 * marks and by "and"; a zone belongs to the objects of its clause, or to those before it.
 */
export function readClaims(text: string): Claim[] {
  const words = wordsOf(text)
  const decision = readDecision(text)
  const claims: Claim[] = []
  let sentences = 0
  let sentence: Claim[] = []
  let clause: Claim[] = []
  let zones: Zone[] = []
  /** The zone at the beginning of a sentence, as in "At the top there are a cat and a dog". */
  let leading: Zone | undefined
  const endClause = () => {
    const before = clause.at(-1) ?? sentence.at(-1)
    if (before) before.zones.push(...zones)
    else leading ??= zones[0]
    if (leading !== undefined) for (const claim of clause) if (claim.zones.length === 0) claim.zones.push(leading)
    sentence.push(...clause)
    clause = []
    zones = []
  }
  /** How many claims of the sentence stand before a question mark: "a cat? no." says that there is none. */
  let asked = 0
  const endSentence = () => {
    endClause()
    claims.push(...(decision === "no" ? sentence.slice(asked) : sentence))
    sentence = []
    sentences++
    asked = 0
    leading = undefined
  }
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const kind = matchKind(words, at)
    if (kind) {
      if (clause.length === 0 && zones.length > 0) leading = zones[0]
      else clause.at(-1)?.zones.push(...zones)
      zones = []
      clause.push({ ...claimAt(words, at, kind), zones: [], sentence: sentences })
      at += kind.length - 1
      continue
    }
    const zone = matchZone(words, at)
    if (zone) {
      zones.push(zone.zone)
      at += zone.length - 1
    } else if (word === "?") {
      endClause()
      asked = sentence.length
    } else if (word === "." || word === "!" || word === ";") endSentence()
    else if (word === "and" || word === "but" || isMark(word)) endClause()
  }
  endSentence()
  return claims
}

/** After "the cat". */
const absent = /^: (none|zero)\b|^(is not|are not|isn't|aren't) (in the (picture|image|scene)|in it|here|there|shown)\b/

function claimAt(
  words: readonly string[],
  at: number,
  { kind, plural, length }: KindMatch,
): Omit<Claim, "zones" | "sentence"> {
  let before = at - 1
  while (before >= 0 && adjective.test(words[before]!)) before--
  const determiner = words[before] ?? ""
  const number = numberOfWord(determiner)
  const isNone = number === 0 || ["no", "without", "any", "neither", "nor"].includes(determiner)
  const start = Math.max(0, words.slice(0, at).findLastIndex(isMark))
  const denied = /\b(cannot|can't|don't|not) (see|find|spot|have|contain|show)\b|\b(not|isn't|aren't) (a|an|any)$/
  return {
    kind,
    count: number ?? (plural ? undefined : 1),
    definite: determiner === "the",
    negated:
      isNone ||
      denied.test(words.slice(start, before + 1).join(" ")) ||
      absent.test(words.slice(at + length, at + length + 5).join(" ")),
  }
}
