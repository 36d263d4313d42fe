import { existsSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { CaptionPair } from "./caption-pair.ts"
import type { FilterOptions } from "./filter-options.ts"
import { filterPairs } from "./filter-pairs.ts"

const folder = mkdtempSync(join(tmpdir(), "filter-pairs-"))
const workFile = join(folder, "work.sqlite")

function pairsOf(captions: readonly string[]): CaptionPair[] {
  return captions.map((caption, index) => ({ id: String(index), image: `${index}.jpg`, caption }))
}

async function filter(captions: readonly string[], settings: FilterOptions = {}) {
  const steps: string[] = []
  using filtered = await filterPairs(pairsOf(captions), { workFile, settings, onStep: (step) => steps.push(step) })
  return { counts: filtered.counts, ids: [...filtered.pairs()].map(({ id }) => Number(id)), steps }
}

const repeat = (caption: string, count: number) => Array.from({ length: count }, () => caption)

describe("filterPairs", () => {
  it("leaves out rare phrases, takes all of those in the middle, and a random choice of frequent ones", async () => {
    const captions = [
      ...repeat("a zebra", 2),
      ...repeat("a giraffe", 3),
      ...repeat("a parrot", 100),
      ...repeat("a dog", 250),
      " ",
      "an <image> of a dog",
      "it is",
    ]
    const { counts, ids, steps } = await filter(captions)
    expect(counts).toEqual({
      pairs: 358,
      emptyCaptions: 1,
      reservedCaptions: 1,
      captionsWithoutPhrase: 1,
      phrases: 4,
      mentions: 355,
      frequentPhrases: 3,
      pairsWithFrequentPhrase: 353,
      cappedPhrases: 1,
      chosen: 203,
    })
    expect(ids.slice(0, 103)).toEqual(Array.from({ length: 103 }, (_, index) => index + 2))
    const dogs = ids.slice(103)
    expect(dogs).toHaveLength(100)
    expect(new Set(dogs).size).toBe(100)
    expect(dogs.every((id) => id >= 105 && id < 355)).toBe(true)
    // Random, not the first hundred: of 250 in a row, some of the last are among them.
    expect(dogs.some((id) => id >= 300)).toBe(true)
    expect(steps).toEqual(["read", "phrases", "frequency", "choice"])
    expect(existsSync(workFile)).toBe(false)
  })

  it("goes from the rarest phrase upwards, and counts its captions towards the next one's most, or not", async () => {
    // 60 captions have both phrases: "giraffe" (60) brings them in before "dog" (160) has its turn.
    const captions = [...repeat("a giraffe and a dog", 60), ...repeat("a dog", 100)]
    const counting = await filter(captions)
    expect(counting.ids.filter((id) => id < 60)).toHaveLength(60)
    expect(counting.counts.chosen).toBe(100)
    const ignoring = await filter(captions, { chosenCaptions: "ignore" })
    expect(ignoring.ids.filter((id) => id < 60)).toHaveLength(60)
    // 100 of the 160, of which about 37 are in already.
    expect(ignoring.counts.chosen).toBeGreaterThan(105)
    expect(ignoring.counts.chosen).toBeLessThan(160)
  })

  it("is the same for the same seed, and another choice for another", async () => {
    const captions = repeat("a dog", 500)
    const first = await filter(captions, { seed: 7 })
    expect((await filter(captions, { seed: 7 })).ids).toEqual(first.ids)
    expect((await filter(captions, { seed: 8 })).ids).not.toEqual(first.ids)
  })

  it("takes thresholds and the spelling of phrases from the options", async () => {
    const captions = ["a dog", "the Dog", "two dogs", "his dog"]
    expect((await filter(captions)).counts).toMatchObject({ phrases: 2, frequentPhrases: 1, chosen: 3 })
    expect((await filter(captions, { lowerCase: false })).counts.phrases).toBe(3)
    expect((await filter(captions, { determiners: "keep" })).counts.phrases).toBe(4)
    expect((await filter(captions, { minimumFrequency: 1, maximumPerPhrase: 2 })).counts).toMatchObject({
      frequentPhrases: 2,
      cappedPhrases: 1,
      chosen: 3,
    })
    await expect(filter(captions, { minimumFrequency: 0 })).rejects.toThrow(/minimumFrequency/)
  })

  it("lets the seed choose between equally frequent phrases where asked", async () => {
    const captions = Array.from({ length: 12 }, (_, index) => repeat(`a ${"abcdefghijkl"[index]}ish dog and a cat`, 3))
    const settings = { maximumPerPhrase: 3, ties: "random" } as const
    const first = await filter(captions.flat(), { ...settings, seed: 1 })
    expect((await filter(captions.flat(), { ...settings, seed: 1 })).ids).toEqual(first.ids)
  })

  it("leaves nothing behind when aborted", async () => {
    const controller = new AbortController()
    async function* endless() {
      for (;;) {
        yield* pairsOf(["a dog"])
        controller.abort(new Error("enough"))
      }
    }
    await expect(filterPairs(endless(), { workFile, signal: controller.signal })).rejects.toThrow("enough")
    expect(existsSync(workFile)).toBe(false)
  })
})
