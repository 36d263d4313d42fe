import type { TaggedToken } from "./find-noun-phrases.ts"

const singular = /^(an?|another|each|every|this|that)$/i
const plural = /[^su]s$/i
/** What people are said to do in captions; as nouns these words stand first or alone. */
const actions =
  /^(standing|sitting|hanging|holding|pulling|wearing|lying|laying|walking|looking|riding|eating|waiting)$/i

/**
 * Mends what a tagger trained on sentences gets wrong in captions, which often have no verb or only one:
 * "a woman cuts" is no phrase of two nouns, and "the bus stop at" is one.
 */
export function correctTags(tokens: TaggedToken[]): TaggedToken[] {
  const corrected: TaggedToken[] = []
  for (const [at, token] of tokens.entries()) {
    corrected.push({ ...token, tag: tagOf(token, determinerOf(corrected), corrected.at(-1), tokens[at + 1]) })
  }
  return corrected
}

function tagOf(token: TaggedToken, determiner: string, before?: TaggedToken, after?: TaggedToken): string {
  const { word, tag, lemma } = token
  const followsNoun = before?.tag === "NOUN" || before?.tag === "PROPN"
  if (tag === "NOUN" && followsNoun && singular.test(determiner) && plural.test(word)) return "VERB"
  if (tag === "NOUN" && followsNoun && actions.test(word)) return "VERB"
  const endsPhrase = after === undefined || ["ADP", "PUNCT", "CCONJ", "AUX"].includes(after.tag)
  const isBareVerb = tag === "VERB" && lemma === word.toLowerCase()
  if (isBareVerb && followsNoun && determiner !== "" && !plural.test(before.word) && endsPhrase) return "NOUN"
  const beginsPhrase = before === undefined || ["DET", "ADJ", "ADP"].includes(before.tag)
  if (tag === "ADJ" && beginsPhrase && after?.word.toLowerCase() === "of") return "NOUN"
  if (tag === "DET" && after?.word === "-" && after.isAttached) return "ADJ"
  return tag
}

/** The determiner of the phrase that the words end with; empty where it has none. */
function determinerOf(tokens: readonly TaggedToken[]): string {
  for (let index = tokens.length - 1; index >= 0; index--) {
    const { tag, word } = tokens[index]!
    if (tag === "DET") return word
    if (!["NOUN", "PROPN", "ADJ", "NUM", "PART", "ADV"].includes(tag)) return ""
  }
  return ""
}
