import { readFileSync } from "node:fs"

export interface LabelledCaption {
  caption: string
  /** Its base noun phrases as a person marked them. */
  phrases: string[]
}

/** The captions of `captions/labelled-captions.txt`, whose first lines say how they were labelled. */
export function labelledCaptions(): LabelledCaption[] {
  const text = readFileSync(new URL("captions/labelled-captions.txt", import.meta.url), "utf8")
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"))
  return lines.map((line) => ({
    caption: line.replace(/[[\]]/g, ""),
    phrases: [...line.matchAll(/\[([^\]]+)\]/g)].map(([, phrase]) => phrase!),
  }))
}
