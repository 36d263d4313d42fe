import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { labelledCaptions } from "../testing/labelled-captions.ts"
import type { FilterSettings } from "./filter-options.ts"
import { NounPhraseTagger } from "./noun-phrase-tagger.ts"

const settings = { lowerCase: true, lemmas: "none", determiners: "drop" } as const
const tagger = new NounPhraseTagger(settings)

describe("NounPhraseTagger", () => {
  it.each<[string, string[]]>([
    ["A brown dog chases a red ball across the lawn.", ["brown dog", "red ball", "lawn"]],
    ["There are two brown dogs and a cat.", ["two brown dogs", "cat"]],
    ["a man's hat on the top of the bed", ["man's hat", "top", "bed"]],
    ["A black and white photo of his old car", ["black and white photo", "old car"]],
    ["old house with red-tiled roof", ["old house", "red-tiled roof"]],
    ["a horse drawn carriage at a burning house", ["horse drawn carriage", "burning house"]],
    ["A woman cuts a cake.", ["woman", "cake"]],
    ["A man waits at the bus stop in the rain.", ["man", "bus stop", "rain"]],
    ["A Boeing 747 on April 5", ["boeing 747", "april 5"]],
    ["children playing chess", ["children", "chess"]],
    ["the dog and the dog", ["dog"]],
    ["she is running away", []],
    ["", []],
  ])("finds the phrases of %j", (caption, phrases) => {
    expect(tagger.phrases(caption)).toEqual(phrases)
  })

  it("spells phrases as the options say", () => {
    const phrases = (caption: string, changes: Partial<FilterSettings> = {}) =>
      new NounPhraseTagger({ ...settings, ...changes }).phrases(caption)
    const caption = "the brown dogs at his broken windows"
    expect(phrases(caption)).toEqual(["brown dogs", "broken windows"])
    expect(phrases(caption, { determiners: "keep" })).toEqual(["the brown dogs", "his broken windows"])
    expect(phrases(caption, { lemmas: "head" })).toEqual(["brown dog", "broken window"])
    expect(phrases("some broken boxes", { lemmas: "head" })).toEqual(["broken box"])
    expect(phrases("their glasses cases", { lemmas: "all" })).toEqual(["glass case"])
    expect(phrases("A Red Car in Paris", { lowerCase: false })).toEqual(["Red Car", "Paris"])
  })

  it("agrees with 200 captions labelled by hand as the documentation says", () => {
    const captions = labelledCaptions()
    expect(captions).toHaveLength(200)
    const bare = (phrase: string) => phrase.toLowerCase().replace(/^(a|an|the|some|no|all|his|her|its|our|their) /, "")
    const lastWord = (phrase: string) => phrase.split(" ").at(-1)!
    const measure = (spell: (phrase: string) => string) => {
      const counts = { right: 0, found: 0, labelled: 0 }
      for (const { caption, phrases } of captions) {
        const labelled = new Set(phrases.map((phrase) => spell(bare(phrase))))
        const found = new Set(tagger.phrases(caption).map(spell))
        counts.right += [...found].filter((phrase) => labelled.has(phrase)).length
        counts.found += found.size
        counts.labelled += labelled.size
      }
      const { right, found, labelled } = counts
      const percent = (share: number) => `${(100 * share).toFixed(1)} %`
      return `| ${labelled} | ${found} | ${right} | ${percent(right / found)} | ${percent(right / labelled)} |`
    }
    const documentation = readFileSync(new URL("../../../../docs/datagen-filter.md", import.meta.url), "utf8")
    expect(documentation).toContain(`| whole phrase ${measure((phrase) => phrase)}`)
    expect(documentation).toContain(`| last word ${measure(lastWord)}`)
  })
})
