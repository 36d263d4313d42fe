import { IGNORE_INDEX } from "@llava/core"
import type { PreparedSample } from "@llava/train"

/** What the samples of a run add up to. */
export class SampleCounts {
  readonly #tokensPerImage: number
  readonly #limit: number
  #samples = 0
  #images = 0
  #tokens = 0
  #longest = 0
  #learned = 0
  #cut = 0

  /** `limit` is the length at which samples are cut. */
  constructor(tokensPerImage: number, limit: number) {
    this.#tokensPerImage = tokensPerImage
    this.#limit = limit
  }

  add({ ids, labels, images }: PreparedSample): void {
    const length = ids.length + images.length * (this.#tokensPerImage - 1)
    this.#samples++
    this.#images += images.length
    this.#tokens += Math.min(length, this.#limit)
    this.#longest = Math.max(this.#longest, length)
    this.#learned += labels.filter((label) => label !== IGNORE_INDEX).length
    if (length > this.#limit) this.#cut++
  }

  lines(): string[] {
    const number = (value: number) => value.toLocaleString("en")
    return [
      `samples          ${number(this.#samples)}, with ${number(this.#images)} images`,
      `tokens           ${number(this.#tokens)} in all, ${number(this.#longest)} in the longest sample`,
      `learned tokens   ${number(this.#learned)}`,
      `cut              ${number(this.#cut)} samples, at ${number(this.#limit)} tokens`,
    ]
  }
}
