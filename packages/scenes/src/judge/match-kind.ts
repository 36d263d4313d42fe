import { kinds } from "../kinds/kinds.ts"

export interface KindMatch {
  readonly kind: string
  readonly plural: boolean
  /** How many words it takes. */
  readonly length: number
}

const matches = new Map<string, (KindMatch & { words: readonly string[] })[]>()
for (const { name, plural, also } of kinds.values()) {
  for (const phrase of [name, plural, ...(also ?? [])]) {
    const words = phrase.split(" ")
    const known = matches.get(words[0]!) ?? []
    known.push({ kind: name, plural: phrase === plural && plural !== name, length: words.length, words })
    matches.set(
      words[0]!,
      known.sort((a, b) => b.length - a.length),
    )
  }
}

/** The kind named at this place of a text, by its longest name: "palm tree" before "tree". */
export function matchKind(words: readonly string[], at: number): KindMatch | undefined {
  return matches.get(words[at]!)?.find((match) => match.words.every((word, index) => words[at + index] === word))
}
