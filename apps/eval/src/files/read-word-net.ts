import { existsSync } from "node:fs"
import { join } from "node:path"
import { type SynonymSets, wordNetSynonyms } from "@llava/eval"
import { readText } from "./read-text.ts"

const parts = ["noun", "verb", "adj", "adv"] as const

/** The synonym sets of a WordNet database folder: `index.noun` and so on; `noun.exc` where it is there (npm's has none). */
export async function readWordNet(folder: string): Promise<SynonymSets> {
  const read = (name: string) => readText(join(folder, name))
  return wordNetSynonyms(
    await Promise.all(
      parts.map(async (part) => ({
        index: await read(`index.${part}`),
        exceptions: existsSync(join(folder, `${part}.exc`)) ? await read(`${part}.exc`) : "",
      })),
    ),
  )
}
