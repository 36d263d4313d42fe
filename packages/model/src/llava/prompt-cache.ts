import type { KvCache } from "../contract/kv-cache.ts"
import type { LanguageModel } from "../contract/language-model.ts"

/** One position of a context: a token id, or below zero a row of an image (see `imageUnit`). */
export type ContextUnit = number

/** A cache, and what is in it. */
export interface CachedContext {
  readonly cache: KvCache
  readonly units: ContextUnit[]
  /** How often everything had been forgotten when it was begun. */
  readonly age: number
}

/** New caches are made this much roomier than needed, so that the next turn fits as well. */
const SPARE_TOKENS = 512

/**
 * Remembers the context of the last answer. A conversation that goes on finds its beginning computed already, images
 * included; any other starts anew. While one answer is being made, others get caches of their own.
 */
export class PromptCache implements Disposable {
  readonly #languageModel: LanguageModel
  #idle: CachedContext | undefined
  #closed = false
  #age = 0

  constructor(languageModel: LanguageModel) {
    this.#languageModel = languageModel
  }

  /** A context that holds a prefix of `units` and has room for `capacity` tokens. At least one unit is left to compute. */
  take(units: readonly ContextUnit[], capacity: number): CachedContext {
    const idle = this.#idle
    this.#idle = undefined
    if (idle && idle.cache.capacity >= capacity) {
      let shared = 0
      while (shared < units.length - 1 && shared < idle.units.length && units[shared] === idle.units[shared]) shared++
      idle.cache.truncate(shared)
      idle.units.length = shared
      return idle
    }
    idle?.cache[Symbol.dispose]()
    const roomy = Math.max(capacity, Math.min(capacity + SPARE_TOKENS, this.#languageModel.maxPositions))
    return { cache: this.#languageModel.createCache({ batch: 1, capacity: roomy }), units: [], age: this.#age }
  }

  /** Hands a context back for the next answer. */
  put(context: CachedContext): void {
    const useless = this.#closed || context.age !== this.#age
    const unused = useless ? context : this.#idle
    unused?.cache[Symbol.dispose]()
    if (!useless) this.#idle = context
  }

  /** Lets the remembered context go, and those that are in use once they come back. */
  forget(): void {
    this.#idle?.cache[Symbol.dispose]()
    this.#idle = undefined
    this.#age++
  }

  [Symbol.dispose](): void {
    this.#closed = true
    this.forget()
  }
}
