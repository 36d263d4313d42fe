import type { TrainingSample } from "@llava/core"
import { Histogram } from "./histogram.ts"
import { RootPairTagger } from "./root-pair-tagger.ts"

/** What a data file holds, gathered sample by sample; a random few are kept. */
export class DataSummary {
  samples = 0
  readonly images = new Set<string>()
  readonly questions = new Histogram()
  readonly questionWords = new Histogram()
  readonly answerWords = new Histogram()
  readonly rootPairs = new Map<string, number>()
  readonly kept: TrainingSample[] = []
  readonly #tagger = new RootPairTagger()
  readonly #keep: number
  readonly #random: () => number

  /** @param random gives numbers from 0 to below 1; decides which samples are kept */
  constructor(keep: number, random: () => number) {
    this.#keep = keep
    this.#random = random
  }

  add(sample: TrainingSample): void {
    this.samples++
    for (const image of [sample.image ?? []].flat()) this.images.add(image)
    let questions = 0
    for (const { from, value } of sample.conversations) {
      const text = value.replaceAll("<image>", "").trim()
      const words = text.split(/\s+/).filter(Boolean).length
      if (from === "gpt") this.answerWords.add(words)
      else {
        questions++
        this.questionWords.add(words)
        const pair = this.#tagger.rootPair(text)
        if (pair !== undefined) this.rootPairs.set(pair, (this.rootPairs.get(pair) ?? 0) + 1)
      }
    }
    this.questions.add(questions)
    this.#offer(sample)
  }

  /** Reservoir sampling: every sample has the same chance, however many there are. */
  #offer(sample: TrainingSample): void {
    if (this.kept.length < this.#keep) this.kept.push(sample)
    else {
      const place = Math.floor(this.#random() * this.samples)
      if (place < this.#keep) this.kept[place] = sample
    }
  }
}
