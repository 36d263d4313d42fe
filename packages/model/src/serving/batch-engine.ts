import type { Tokenizer } from "@llava/core"
import type { LanguageModel } from "../contract/language-model.ts"
import type { PagedKvCache } from "../contract/paged-kv-cache.ts"
import { Generation, type GenerationPiece, type GenerationResult } from "../generation/generation.ts"
import { parseSampling } from "../generation/parse-sampling.ts"
import { AnswerRow } from "../llava/answer-row.ts"
import { checkTokenId } from "../llava/check-token-id.ts"
import { type GenerateContext, generate } from "../llava/generate.ts"
import type { GenerateOptions } from "../llava/generate-options.ts"
import type { Llava } from "../llava/llava.ts"
import { type PreparedPrompt, preparePrompt } from "../llava/prepared-prompt.ts"
import { ModelError } from "../model-error.ts"
import type { BatchEngineOptions, BatchStatistics } from "./batch-engine-options.ts"
import { PagePool } from "./page-pool.ts"
import { StepLoop } from "./step-loop.ts"
import { Turnstile } from "./turnstile.ts"

/** Tokens that the default cache has room for, per answer. */
const TOKENS_PER_ANSWER = 512
const DEFAULT_CACHE_BYTES = 2 ** 30

/**
 * Answers many conversations at once, each as `Llava.generate` would alone: they join and leave at every step, and one
 * pass per step serves them all (continuous batching: Yu et al. 2022). Keys and values lie in pages (Kwon et al. 2023);
 * what prompts have in common at their beginning is computed once. The model must live longer than the engine.
 *
 * A language model without `createPagedCache` answers one at a time, in the order in which it was asked.
 */
export class BatchEngine implements Disposable {
  /** Answers at the same time. */
  readonly concurrency: number
  readonly #context: GenerateContext
  readonly #llava: Llava
  readonly #turnstile: Turnstile
  readonly #paged: { readonly cache: PagedKvCache; readonly pool: PagePool; readonly loop: StepLoop } | undefined
  /** One for each answer, those that wait included. */
  readonly #open = new Set<AbortController>()
  #closed = false
  #shared = 0

  /** Errors: "engine-options" for sizes below 1, "pages" where the cache has no room for a page. */
  constructor(llava: Llava, options: BatchEngineOptions = {}) {
    const { maxConcurrent = 32, prefillTokens = 128, pageSize = 16, pages } = options
    for (const [name, value] of Object.entries({ maxConcurrent, prefillTokens, pageSize, pages })) {
      if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) continue
      throw new ModelError(`BatchEngine: ${name} is ${value}, not a whole number from 1 on.`, {
        code: "engine-options",
      })
    }
    this.#llava = llava
    this.#context = llava.context
    const { maxPositions } = llava.languageModel
    const tokens = Math.max(maxPositions, maxConcurrent * Math.min(maxPositions, TOKENS_PER_ANSWER))
    const wanted =
      pages === undefined ? { pages: Math.ceil(tokens / pageSize), maxBytes: DEFAULT_CACHE_BYTES } : { pages }
    const cache = llava.languageModel.createPagedCache?.({ ...wanted, pageSize })
    if (cache) {
      const pool = new PagePool(cache)
      this.#paged = { cache, pool, loop: new StepLoop(this.#context, cache, pool, prefillTokens) }
    }
    this.concurrency = cache ? maxConcurrent : 1
    this.#turnstile = new Turnstile(this.concurrency)
  }

  get tokenizer(): Tokenizer {
    return this.#llava.tokenizer
  }

  get languageModel(): LanguageModel {
    return this.#llava.languageModel
  }

  /** Tokens that one image takes in the language model; 0 without an encoder. */
  get tokensPerImage(): number {
    return this.#llava.tokensPerImage
  }

  get statistics(): BatchStatistics {
    const { pool, loop } = this.#paged ?? {}
    return {
      active: this.#turnstile.inside,
      waiting: this.#turnstile.waiting,
      pages: { total: pool?.pages ?? 0, used: pool?.used ?? 0 },
      steps: loop?.steps ?? 0,
      computedTokens: loop?.computed ?? 0,
      sharedTokens: this.#shared,
    }
  }

  /**
   * Answers a conversation, beside all others. `usage.cachedTokens` are those that were in pages already; of the times,
   * `encodeMs` is the preparation of the prompt, after its turn has come. An aborted answer frees its pages at once.
   * Errors: those of `Llava.generate`; "context-full" too for what has no room in all pages together, "engine-closed".
   */
  generate(options: GenerateOptions): Generation {
    return new Generation(async (emit, left) => {
      const own = new AbortController()
      this.#open.add(own)
      try {
        if (this.#closed) throw closedError()
        const signals = [left, own.signal, ...(options.signal ? [options.signal] : [])]
        return await this.#answer(options, emit, AbortSignal.any(signals))
      } finally {
        this.#open.delete(own)
      }
    })
  }

  /** Shares nothing any more that was computed so far: call it after weights have changed, between answers. */
  forget(): void {
    this.#paged?.pool.forget()
    this.#llava.forget()
  }

  /** Ends all answers with the error "engine-closed", and frees the cache. */
  [Symbol.dispose](): void {
    this.#closed = true
    for (const answer of this.#open) answer.abort(closedError())
    this.#paged?.cache[Symbol.dispose]()
  }

  async #answer(
    options: GenerateOptions,
    emit: (piece: GenerationPiece) => void,
    signal: AbortSignal,
  ): Promise<GenerationResult> {
    const sampling = parseSampling("generate", options)
    using _ = await this.#turnstile.enter(signal)
    if (!this.#paged) return await generate(this.#context, options, emit, signal)
    const start = performance.now()
    const { parts, images, maxPrompt } = this.#context
    const prompt = await preparePrompt(parts, images, options.messages, maxPrompt, signal)
    try {
      const row = new AnswerRow(this.#context, prompt, { ...options, sampling }, emit)
      const encodeMs = performance.now() - start
      if (row.ended) return row.result({ encodeMs, prefillMs: 0, decodeMs: 0, cachedTokens: 0 })
      this.#check(prompt, row, this.#paged.pool)
      const outcome = await this.#paged.loop.join(row, signal)
      this.#shared += outcome.cachedTokens
      return row.result({ encodeMs, ...outcome })
    } finally {
      images?.release(prompt.imageKeys)
    }
  }

  #check({ ids, units }: PreparedPrompt, { limit }: AnswerRow, { pages, pageSize }: PagePool): void {
    for (const id of ids) if (id >= 0) checkTokenId(id, this.languageModel)
    if (units.length + limit <= pages * pageSize) return
    throw new ModelError(
      `The prompt has ${units.length} tokens and the answer up to ${limit}; the cache takes ${pages * pageSize}.`,
      { code: "context-full", fix: "Ask for fewer new tokens, or open the engine with more pages." },
    )
  }
}

function closedError(): ModelError {
  return new ModelError("The engine was closed.", { code: "engine-closed" })
}
