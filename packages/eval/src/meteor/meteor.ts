import { stem } from "porter2"
import type { CaptionPair } from "../captions/caption-pair.ts"
import { functionWords } from "./function-words.ts"
import { alignWords, type MeteorStage, stageWeights, type WordMatch } from "./meteor-alignment.ts"
import { meteorWords } from "./meteor-words.ts"

/** The synonym sets that a word is in; two words that share one are synonyms. */
export type SynonymSets = (word: string) => ReadonlySet<string> | undefined

export interface MeteorOptions {
  /** Without it the synonym stage is left out. */
  synonyms?: SynonymSets
}

export interface MeteorScore {
  score: number
  /** What was matched. The reference scorer also has a table of paraphrases. */
  stages: MeteorStage[]
}

/** METEOR 1.5's parameters for English. */
const alpha = 0.85
const beta = 0.2
const gamma = 0.6
const delta = 0.75

/** What is summed over a set of captions before the score is taken. */
interface Statistics {
  /** Weighted words, content and function apart. */
  candidateMatched: number
  referenceMatched: number
  candidateLength: number
  referenceLength: number
  /** Matched words, unweighted. */
  matches: number
  chunks: number
}

/**
 * METEOR (Denkowski and Lavie 2014) of a whole set of captions: exact matches, stems (Porter 2) and, with `synonyms`,
 * synonyms. Of several references the one counts that scores best.
 */
export function meteor(pairs: readonly CaptionPair[], { synonyms }: MeteorOptions = {}): MeteorScore {
  const stages: MeteorStage[] = synonyms === undefined ? ["exact", "stem"] : ["exact", "stem", "synonym"]
  const stems = new Map<string, string>()
  const stemOf = (word: string) => {
    const known = stems.get(word) ?? stem(word)
    stems.set(word, known)
    return known
  }
  const stageOf = (first: string, second: string): MeteorStage | undefined => {
    if (first === second) return "exact"
    if (stemOf(first) === stemOf(second)) return "stem"
    const sets = synonyms?.(first)
    const others = sets === undefined ? undefined : synonyms?.(second)
    return sets !== undefined && others !== undefined && [...sets].some((set) => others.has(set))
      ? "synonym"
      : undefined
  }
  const total: Statistics = {
    candidateMatched: 0,
    referenceMatched: 0,
    candidateLength: 0,
    referenceLength: 0,
    matches: 0,
    chunks: 0,
  }
  for (const pair of pairs) {
    const candidate = meteorWords(pair.candidate)
    const all = pair.references.map((reference) => statisticsOf(candidate, meteorWords(reference), stageOf))
    const best = all.reduce((first, second) => (scoreOf(second) > scoreOf(first) ? second : first))
    for (const name of Object.keys(total) as (keyof Statistics)[]) total[name] += best[name]
  }
  return { score: scoreOf(total), stages }
}

function statisticsOf(
  candidate: readonly string[],
  reference: readonly string[],
  stageOf: (first: string, second: string) => MeteorStage | undefined,
): Statistics {
  const options = candidate.map((word) =>
    reference.flatMap((other, index) => {
      const stage = stageOf(word, other)
      return stage === undefined ? [] : [{ reference: index, stage }]
    }),
  )
  const { matches, chunks } = alignWords(options)
  const matched = (words: readonly string[], side: "candidate" | "reference") =>
    matches.reduce((sum, match: WordMatch) => sum + stageWeights[match.stage] * weightOf(words[match[side]]!), 0)
  const isWhole = matches.length === candidate.length && matches.length === reference.length && chunks === 1
  return {
    candidateMatched: matched(candidate, "candidate"),
    referenceMatched: matched(reference, "reference"),
    candidateLength: lengthOf(candidate),
    referenceLength: lengthOf(reference),
    matches: matches.length,
    chunks: isWhole ? 0 : chunks,
  }
}

/** A content word weighs delta, a function word the rest. */
function weightOf(word: string): number {
  return functionWords.has(word) ? 1 - delta : delta
}

function lengthOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + weightOf(word), 0)
}

function scoreOf(statistics: Statistics): number {
  const { candidateMatched, referenceMatched, candidateLength, referenceLength, matches, chunks } = statistics
  if (matches === 0) return 0
  const precision = candidateMatched / candidateLength
  const recall = referenceMatched / referenceLength
  const harmonic = (precision * recall) / (alpha * precision + (1 - alpha) * recall)
  return harmonic * (1 - gamma * (chunks / matches) ** beta)
}
