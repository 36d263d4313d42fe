import type { SynonymSets } from "./meteor.ts"

/** The files of one part of speech of WordNet's database, as text. */
export interface WordNetPart {
  /** `index.noun`: lemmas with the offsets of their synonym sets. */
  index: string
  /** `noun.exc`: irregular forms with their lemmas. */
  exceptions: string
}

/** How WordNet finds the lemma of a regular form: an ending, and what stands in its place. */
const endings = [
  "s:",
  "ses:s",
  "xes:x",
  "zes:z",
  "ches:ch",
  "shes:sh",
  "men:man",
  "ies:y",
  "es:e",
  "es:",
  "ed:e",
  "ed:",
  "ing:e",
  "ing:",
]

/**
 * Synonym sets of words and of their lemmas. Offsets of different parts of speech are kept apart.
 */
export function wordNetSynonyms(parts: readonly WordNetPart[]): SynonymSets {
  const sets = new Map<string, Set<string>>()
  const lemmas = new Map<string, string[]>()
  for (const [part, { index, exceptions }] of parts.entries()) {
    for (const line of index.split("\n")) {
      // Lines of the licence begin with a space.
      if (line === "" || line.startsWith(" ")) continue
      const fields = line.trim().split(" ")
      const count = Number(fields[2])
      const ofWord = sets.get(fields[0]!) ?? new Set()
      for (const offset of fields.slice(-count)) ofWord.add(`${part}:${offset}`)
      sets.set(fields[0]!, ofWord)
    }
    for (const line of exceptions.split("\n")) {
      const [form, ...bases] = line.trim().split(" ")
      if (form) lemmas.set(form, [...(lemmas.get(form) ?? []), ...bases])
    }
  }
  const known = new Map<string, ReadonlySet<string> | undefined>()
  return (word) => {
    if (known.has(word)) return known.get(word)
    const forms = [word, ...(lemmas.get(word) ?? []), ...regularLemmas(word)]
    const found = new Set(forms.flatMap((form) => [...(sets.get(form) ?? [])]))
    const result = found.size === 0 ? undefined : found
    known.set(word, result)
    return result
  }
}

function regularLemmas(word: string): string[] {
  return endings.flatMap((rule) => {
    const [ending = "", instead = ""] = rule.split(":")
    return word.endsWith(ending) ? [word.slice(0, -ending.length) + instead] : []
  })
}
