import { TokenizerError } from "@llava/core"
import { PieceReach } from "./piece-reach.ts"
import { segmentUnigram } from "./segment-unigram.ts"

export interface TrainUnigramOptions {
  /** What the tokenizer is for. Compared in lower case. */
  texts: readonly string[]
  /**
   * Pieces beside single words that may become tokens, for example whole phrases, as they stand in texts. A space in
   * front belongs to them; those that the texts never need are left out.
   */
  phrases?: readonly string[]
  /** Tokens that mean something to templates, recognised by name wherever they stand; white space around them goes. */
  markers?: readonly string[]
  /** Phrases that keep their capitals: recognised as they stand, between words, before the rest is put in lower case. */
  openers?: readonly string[]
  /** Words that come less often are spelt. Default 1. */
  rare?: number
  /** Rounds of segmenting and counting. Default 4. */
  iterations?: number
}

const UNKNOWN = "<unk>"
const SPACE = "\u2581"

/**
 * A unigram tokenizer (Kudo 2018) learned from texts, as the content of a `tokenizer.json` that Hugging Face's
 * tokenizers and `hfTokenizer` read: `<pad>`, `<s>`, `</s>` and `<unk>`, then `markers` and `openers`, then the pieces. The
 * candidates are the words of the texts, `phrases`, and the printable ASCII characters, so that anything typed can be
 * spelt; in each round the texts are segmented as is most probable and the pieces counted again (hard EM). Text is read
 * in lower case. Deterministic.
 *
 * @throws TokenizerError `nothing-to-learn` without texts
 */
export function trainUnigramTokenizer(options: TrainUnigramOptions): string {
  const { texts, phrases = [], markers = [], openers = [], rare = 1, iterations = 4 } = options
  const named = [...markers, ...openers]
  const sections = texts.flatMap((text) => sectionsOf(text, named))
  if (sections.length === 0) {
    throw new TokenizerError("There is no text to learn a tokenizer from.", { code: "nothing-to-learn" })
  }
  const specials = ["<pad>", "<s>", "</s>", UNKNOWN]
  const pieces = learnPieces(
    sections,
    phrases.map((phrase) => asPiece(phrase, /^[a-z0-9]/i.test(phrase))),
    { rare, iterations },
  )
  const added = [
    ...specials.map((content) => ({ content, special: true, lstrip: false, rstrip: false, single_word: false })),
    ...markers.map((content) => ({ content, special: false, lstrip: true, rstrip: true, single_word: false })),
    ...openers.map((content) => ({
      content,
      special: false,
      lstrip: false,
      rstrip: false,
      single_word: /^\w.*\w$/.test(content),
    })),
  ]
  const json = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: added.map((token, id) => ({ id, ...token, normalized: false })),
    normalizer: { type: "Lowercase" },
    pre_tokenizer: { type: "Metaspace", replacement: SPACE, prepend_scheme: "always", split: false },
    post_processor: {
      type: "TemplateProcessing",
      single: [{ SpecialToken: { id: "<s>", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
      pair: [
        { SpecialToken: { id: "<s>", type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { Sequence: { id: "B", type_id: 0 } },
      ],
      special_tokens: { "<s>": { id: "<s>", ids: [1], tokens: ["<s>"] } },
    },
    decoder: { type: "Metaspace", replacement: SPACE, prepend_scheme: "always", split: false },
    model: {
      type: "Unigram",
      unk_id: specials.indexOf(UNKNOWN),
      vocab: [...added.map(({ content }) => [content, 0]), ...pieces],
      byte_fallback: false,
    },
  }
  return `${JSON.stringify(json, undefined, 1)}\n`
}

/** A text without the tokens recognised by name, as the pre-tokenizer would hand it on. */
function sectionsOf(text: string, named: readonly string[]): string[] {
  const longestFirst = named.toSorted((a, b) => b.length - a.length)
  const parts = longestFirst.reduce<string[]>((found, name) => found.flatMap((part) => part.split(name)), [text])
  return parts.flatMap((part) => (part.trim() === "" ? [] : [asPiece(part, !part.startsWith(" "))]))
}

const asPiece = (text: string, isWord = false) => `${isWord ? " " : ""}${text}`.toLowerCase().replaceAll(" ", SPACE)

/** Pieces with their log-probabilities, most probable first. */
function learnPieces(
  sections: readonly string[],
  phrases: readonly string[],
  { rare, iterations }: { rare: number; iterations: number },
): [string, number][] {
  const counts = new Map<string, number>()
  for (const section of sections) counts.set(section, (counts.get(section) ?? 0) + 1)
  const characters = Array.from({ length: 95 }, (_, i) => asPiece(String.fromCharCode(32 + i)))
  const found = new Map<string, number>()
  for (const word of sections.flatMap((section) => section.match(/\u2581?[a-z0-9]+|[^a-z0-9]/g) ?? [])) {
    found.set(word, (found.get(word) ?? 0) + 1)
  }
  const words = [...found].filter(([, count]) => count >= rare).map(([word]) => word)
  // What is not needed to say the texts may be needed to say something else.
  const spelling = [...words, ...characters]
  // At first every piece is as probable as any other: the fewest pieces win, and phrases before words.
  let scores = new Map([...new Set([...phrases, ...words, ...characters])].map((piece) => [piece, -1]))
  for (let round = 0; round < iterations; round++) {
    const used = countPieces(counts, scores)
    const total = [...used.values()].reduce((a, b) => a + b, 0)
    const kept = new Map([...used].map(([piece, count]) => [piece, Math.log(count / total)]))
    for (const piece of spelling) if (!kept.has(piece)) kept.set(piece, Math.log(0.1 / total))
    scores = kept
  }
  return [...scores].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
}

function countPieces(sections: ReadonlyMap<string, number>, scores: ReadonlyMap<string, number>): Map<string, number> {
  const byText = new Map([...scores].map(([piece, score], id) => [piece, { id, score }]))
  const search = {
    byText,
    reach: new PieceReach(scores.keys()),
    unkTokenId: -1,
    unkScore: -100,
    sums: "float64" as const,
  }
  const used = new Map<string, number>()
  for (const [section, count] of sections) {
    for (const { id, text } of segmentUnigram(section, search)) {
      if (id !== -1) used.set(text, (used.get(text) ?? 0) + count)
    }
  }
  return used
}
