import model from "wink-eng-lite-web-model"
import winkNLP, { type ItsFunction, type WinkMethods } from "wink-nlp"
import { correctTags } from "./correct-tags.ts"
import type { FilterSettings } from "./filter-options.ts"
import { findNounPhrases, type TaggedToken } from "./find-noun-phrases.ts"

/** The tagger remembers every new word it meets; a fresh one after so many captions bounds that. */
const captionsPerTagger = 100_000

/**
 * Finds the base noun phrases of captions: a noun or name with what stands before it (adjectives, participles, nouns,
 * possessives), not what follows. Words are tagged by wink-nlp; how well this does is measured in
 * `docs/datagen-filter.md`.
 */
export class NounPhraseTagger {
  readonly #settings: Pick<FilterSettings, "lowerCase" | "lemmas" | "determiners">
  #wink: WinkMethods | undefined
  #captions = 0

  constructor(settings: Pick<FilterSettings, "lowerCase" | "lemmas" | "determiners">) {
    this.#settings = settings
  }

  /** The caption's phrases, each once, in their order. */
  phrases(caption: string): string[] {
    const tokens = this.#tag(caption)
    const phrases = findNounPhrases(tokens).map(({ first, head }) => this.#spell(tokens.slice(first, head + 1)))
    return [...new Set(phrases)].filter((phrase) => phrase !== "")
  }

  #tag(caption: string): TaggedToken[] {
    if (this.#captions++ % captionsPerTagger === 0) this.#wink = winkNLP(model, ["pos"])
    const { readDoc, its } = this.#wink!
    const tokens = readDoc(caption).tokens()
    const words = tokens.out()
    const tags = tokens.out(its.pos)
    const lemmas = tokens.out(its.lemma as ItsFunction<string>)
    const spaces = tokens.out(its.precedingSpaces)
    const tagged = words.map((word, index) => ({
      word,
      tag: tags[index]!,
      lemma: lemmas[index]!,
      isAttached: index > 0 && spaces[index] === "",
    }))
    return correctTags(tagged)
  }

  #spell(tokens: TaggedToken[]): string {
    const { lowerCase, lemmas, determiners } = this.#settings
    const kept = determiners === "drop" ? withoutDeterminers(tokens) : tokens
    const words = kept.map((token, index) => {
      const lemma = lemmas === "all" || (lemmas === "head" && index === kept.length - 1)
      return (index > 0 && !token.isAttached ? " " : "") + (lemma ? token.lemma : token.word)
    })
    const phrase = words.join("")
    return lowerCase ? phrase.toLowerCase() : phrase
  }
}

function withoutDeterminers(tokens: TaggedToken[]): TaggedToken[] {
  const first = tokens.findIndex(({ tag }) => tag !== "DET" && tag !== "PRON")
  return first < 0 ? [] : tokens.slice(first)
}
