export interface TaggedToken {
  word: string
  /** Part of speech, as in Universal Dependencies: `NOUN`, `ADJ`. */
  tag: string
  lemma: string
  /** Written without a space before it. */
  isAttached: boolean
}

export interface NounPhraseSpan {
  /** Index of the first token. */
  first: number
  /** Index of the last token, the noun that the phrase is about. */
  head: number
}

const nouns = new Set(["NOUN", "PROPN"])
const premodifiers = new Set(["ADJ", "NUM", "VERB", "CCONJ", "ADV"])
const possessives = new Set(["my", "your", "his", "her", "its", "our", "their", "whose"])
const isPastParticiple = /(ed|en|wn|made)$/i
const digits = /^\d/

/** The base noun phrases among tagged words: the longest runs of words that may stand before a noun, ended by a noun. */
export function findNounPhrases(tokens: readonly TaggedToken[]): NounPhraseSpan[] {
  const spans: NounPhraseSpan[] = []
  for (let first = 0; first < tokens.length; ) {
    const head = endOfPhrase(tokens, first)
    if (head === undefined) first++
    else {
      spans.push({ first, head })
      first = head + 1
    }
  }
  return spans
}

/** The index of the last noun of the phrase that begins at `first`; undefined where none does. */
function endOfPhrase(tokens: readonly TaggedToken[], first: number): number | undefined {
  let head: number | undefined
  let at = first
  if (tokens[first]!.tag === "DET" || isPossessive(tokens[first]!)) at++
  for (; at < tokens.length; at++) {
    if (nouns.has(tokens[at]!.tag) || isNumberOfName(tokens, at, head)) head = at
    else if (!isModifier(tokens, at, first, head)) break
  }
  return head
}

/** Whether the word at `at` belongs to a phrase, before its last noun. `head` is the last noun met before it. */
function isModifier(tokens: readonly TaggedToken[], at: number, first: number, head: number | undefined): boolean {
  const { tag, word } = tokens[at]!
  const isHyphenated = isHyphen(tokens, at - 1) || isHyphen(tokens, at + 1)
  if (!nounFollows(tokens, at, isHyphenated)) return false
  if (isHyphen(tokens, at) || isHyphenated) return true
  switch (tag) {
    case "ADJ":
      return true
    case "NUM":
      return head === undefined || digits.test(word)
    case "PART":
      return head === at - 1 && word.toLowerCase() !== "to"
    case "ADV":
      return head === undefined && (tokens[at + 1]!.tag === "ADJ" || isPastParticiple.test(tokens[at + 1]!.word))
    case "CCONJ":
      return head === undefined && tokens[at - 1]?.tag === "ADJ" && tokens[at + 1]?.tag === "ADJ"
    case "VERB":
      // "a burning house", "broken glass", "snow covered hills", but not "children playing chess".
      return isPastParticiple.test(word)
        ? at > first || at === 0
        : at > first && (head === undefined || tokens[at - 1]!.tag === "PART")
    default:
      return false
  }
}

/** Whether only words that may stand before a noun are between `at` and the next noun. */
function nounFollows(tokens: readonly TaggedToken[], at: number, isHyphenated: boolean): boolean {
  for (let next = at + 1; next < tokens.length; next++) {
    const { tag } = tokens[next]!
    if (nouns.has(tag)) return true
    const isJoined = isHyphen(tokens, next) || isHyphen(tokens, next - 1) || (isHyphenated && next === at + 1)
    if (!isJoined && !premodifiers.has(tag)) return false
    if (tag === "CCONJ" && tokens[next - 1]!.tag !== "ADJ") return false
  }
  return false
}

/** `April 5`, `Boeing 747`. */
function isNumberOfName(tokens: readonly TaggedToken[], at: number, head: number | undefined): boolean {
  return tokens[at]!.tag === "NUM" && head === at - 1 && tokens[head]!.tag === "PROPN"
}

/** A hyphen with no space on either side. */
function isHyphen(tokens: readonly TaggedToken[], at: number): boolean {
  return tokens[at]?.word === "-" && tokens[at]!.isAttached && tokens[at + 1]?.isAttached === true
}

function isPossessive({ word }: TaggedToken): boolean {
  return possessives.has(word.toLowerCase())
}
