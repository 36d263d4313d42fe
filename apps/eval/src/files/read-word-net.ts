import { join } from "node:path"
import { type SynonymSets, wordNetSynonyms } from "@llava/eval"
import { readText } from "./read-text.ts"

const parts = ["noun", "verb", "adj", "adv"] as const

/** The synonym sets of a WordNet database folder: `index.noun`, `noun.exc` and so on. */
export async function readWordNet(folder: string): Promise<SynonymSets> {
  const read = (name: string) => readText(join(folder, name))
  return wordNetSynonyms(
    await Promise.all(
      parts.map(async (part) => ({ index: await read(`index.${part}`), exceptions: await read(`${part}.exc`) })),
    ),
  )
}
