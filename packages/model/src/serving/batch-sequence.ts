import type { ContextUnit } from "../llava/prompt-cache.ts"
import type { PagePool } from "./page-pool.ts"

/** A prompt and its answer so far, and how much of them is in the cache. */
export class BatchSequence {
  /** Every position: prompt, images unrolled, and answer. */
  readonly units: ContextUnit[]
  readonly #promptLength: number
  readonly #pool: PagePool
  readonly #pages: number[] = []
  #computed = 0
  #shared = 0
  /** Names the tokens of the pages that are full. */
  #prefix: number

  constructor(prompt: readonly ContextUnit[], pool: PagePool) {
    this.units = [...prompt]
    this.#promptLength = prompt.length
    this.#pool = pool
    this.#prefix = pool.root
  }

  get pages(): readonly number[] {
    return this.#pages
  }

  /** Units whose keys and values are in the pages, or will be after the passes that are planned. */
  get computed(): number {
    return this.#computed
  }

  /** Units to compute before the next token is known; at least one. */
  get remaining(): number {
    return this.units.length - this.#computed
  }

  /** Units that were in the cache already when they were needed for the first token. */
  get shared(): number {
    return this.#shared
  }

  /** Pages that it needs from here on to its next token. */
  get missingPages(): number {
    return Math.ceil(this.units.length / this.#pool.pageSize) - this.#pages.length
  }

  /** Takes over pages that others have filled with what comes next; the last unit stays to be computed. */
  adopt(): void {
    const { pageSize } = this.#pool
    while (this.#computed === this.#pages.length * pageSize && this.remaining > pageSize) {
      const found = this.#pool.share(this.#prefix, this.units.slice(this.#computed, this.#computed + pageSize))
      if (!found) return
      this.#pages.push(found.page)
      this.#prefix = found.prefix
      this.#computed += pageSize
      if (this.units.length === this.#promptLength) this.#shared += pageSize
    }
  }

  /** Takes the pages for as many more units, all or none. */
  extend(count: number): boolean {
    const missing = Math.ceil((this.#computed + count) / this.#pool.pageSize) - this.#pages.length
    if (missing > this.#pool.available) return false
    for (let taken = 0; taken < missing; taken++) this.#pages.push(this.#pool.take()!)
    return true
  }

  /** Counts units that the next pass computes. Pages that they fill can be shared at once: passes run in order. */
  advance(count: number): void {
    const { pageSize } = this.#pool
    const end = this.#computed + count
    for (let full = Math.floor(this.#computed / pageSize); (full + 1) * pageSize <= end; full++) {
      const units = this.units.slice(full * pageSize, (full + 1) * pageSize)
      this.#prefix = this.#pool.remember(this.#pages[full]!, this.#prefix, units)
    }
    this.#computed = end
  }

  /** Lets all pages go. What was in them is computed again, or found, when the sequence goes on. */
  release(): void {
    this.#pool.release(this.#pages)
    this.#pages.length = 0
    this.#computed = 0
    this.#prefix = this.#pool.root
    if (this.units.length === this.#promptLength) this.#shared = 0
  }
}
