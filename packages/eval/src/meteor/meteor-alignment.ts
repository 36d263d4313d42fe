/** The ways in which a word of one text can match one of another, in the order in which they are tried. */
export type MeteorStage = "exact" | "stem" | "synonym"

/** METEOR 1.5's for English. */
export const stageWeights: Readonly<Record<MeteorStage, number>> = { exact: 1, stem: 0.6, synonym: 0.8 }

export interface WordMatch {
  candidate: number
  reference: number
  stage: MeteorStage
}

export interface Alignment {
  matches: WordMatch[]
  /** Runs of matches that stand next to each other, in the same order, in both texts. */
  chunks: number
}

interface Partial extends Alignment {
  used: Set<number>
  /** The sum of the weights of the stages. */
  weight: number
  distance: number
}

/** Partial alignments that are followed at a time. */
const beam = 40

/**
 * The alignment of two texts: of the word matches, one per word, with the greatest weight; of these the one in fewest chunks; of
 * these the one whose words stand nearest to each other.
 *
 * @param options for each word of the candidate, the words of the reference it can match
 */
export function alignWords(options: readonly (readonly Omit<WordMatch, "candidate">[])[]): Alignment {
  let partials: Partial[] = [{ matches: [], chunks: 0, used: new Set(), weight: 0, distance: 0 }]
  for (const [candidate, found] of options.entries()) {
    if (found.length === 0) continue
    const next: Partial[] = []
    for (const partial of partials) {
      // Leaving the word out can only help where another one wants its place.
      if (found.some(({ reference }) => wantedLater(options, candidate, reference) || partial.used.has(reference))) {
        next.push(partial)
      }
      for (const match of found) {
        if (!partial.used.has(match.reference)) next.push(extend(partial, { candidate, ...match }))
      }
    }
    partials = next.length > beam ? next.sort(compare).slice(0, beam) : next
  }
  const [best] = partials.sort(compare)
  return { matches: best?.matches ?? [], chunks: best?.chunks ?? 0 }
}

function wantedLater(options: readonly (readonly { reference: number }[])[], after: number, wanted: number): boolean {
  for (let i = after + 1; i < options.length; i++) {
    if (options[i]!.some(({ reference }) => reference === wanted)) return true
  }
  return false
}

function extend({ matches, chunks, used, weight, distance }: Partial, match: WordMatch): Partial {
  const last = matches.at(-1)
  const continues = last?.candidate === match.candidate - 1 && last.reference === match.reference - 1
  return {
    matches: [...matches, match],
    chunks: continues ? chunks : chunks + 1,
    used: new Set(used).add(match.reference),
    weight: weight + stageWeights[match.stage],
    distance: distance + Math.abs(match.candidate - match.reference),
  }
}

function compare(first: Partial, second: Partial): number {
  return (
    Math.round((second.weight - first.weight) * 10) || first.chunks - second.chunks || first.distance - second.distance
  )
}
