import { APIError, type OpenAI } from "openai"
import { BrokenReply } from "./broken-reply.ts"
import { chatBody, defaultMaxTokens } from "./chat-body.ts"
import { estimatePromptTokens, estimateTextTokens } from "./estimate-prompt-tokens.ts"
import { judgeFailure } from "./judge-failure.ts"
import { Ledger } from "./ledger.ts"
import { openAiBaseUrl, openAiClient } from "./openai-client.ts"
import { priceOf } from "./price-of.ts"
import { RateGate } from "./rate-gate.ts"
import { requestChat } from "./request-chat.ts"
import { retryDelay } from "./retry-delay.ts"
import { Slots } from "./slots.ts"
import type { AskOptions, Teacher, TeacherMessage, TeacherReply, TeacherSpending, TeacherUsage } from "./teacher.ts"
import { systemClock, type TeacherClock } from "./teacher-clock.ts"
import { TeacherError } from "./teacher-error.ts"
import { teacherIdentity } from "./teacher-identity.ts"
import type { TeacherSettings } from "./teacher-settings.ts"
import { longestPause, unreachable } from "./unreachable.ts"

export interface OpenAiTeacherOptions {
  /** What earlier processes of the same run used; counts towards the budget. */
  spent?: TeacherSpending
  /** Told what the reader should know: that the endpoint makes us wait, and why. */
  onNote?: (line: string) => void
  clock?: TeacherClock
  /** Milliseconds for a whole reply; default 10 minutes. */
  replyTimeout?: number
}

const defaultMaxRetries = 6
/** So many requests refused before any was answered: the next ones would be too. */
const refusalsBeforeStop = 5

/** A teacher behind any OpenAI-compatible chat endpoint. */
export class OpenAiTeacher implements Teacher {
  readonly identity: Teacher["identity"]
  readonly concurrency: number
  readonly #settings: TeacherSettings
  readonly #client: OpenAI
  readonly #clock: TeacherClock
  readonly #gate: RateGate
  readonly #ledger: Ledger
  readonly #slots: Slots
  readonly #onNote: ((line: string) => void) | undefined
  readonly #replyTimeout: number | undefined
  #answered = 0
  #refused = 0

  /** @throws TeacherError `teacher-unauthorized`, `base-url-invalid`, `price-unknown`. */
  constructor(settings: TeacherSettings, options: OpenAiTeacherOptions = {}) {
    const { clock = systemClock, spent, onNote, replyTimeout } = options
    const { model, budget, price = priceOf(model) } = settings
    this.identity = teacherIdentity(settings)
    this.concurrency = settings.concurrency ?? 8
    this.#settings = settings
    this.#client = openAiClient(settings, replyTimeout)
    this.#clock = clock
    this.#gate = new RateGate(settings, clock)
    this.#ledger = new Ledger({
      model,
      ...(budget && { budget }),
      ...(price && { price }),
      ...(spent && { before: spent }),
    })
    this.#slots = new Slots(this.concurrency)
    this.#onNote = onNote
    this.#replyTimeout = replyTimeout
  }

  get spending(): TeacherSpending {
    return this.#ledger.spending
  }

  async ask(messages: readonly TeacherMessage[], { seed, signal }: AskOptions): Promise<TeacherReply> {
    using _slot = await this.#slots.take(signal)
    const { model, baseUrl = openAiBaseUrl, maxRetries = defaultMaxRetries } = this.#settings
    const answeredBefore = this.#answered
    for (let attempt = 0; ; attempt++) {
      let failure: unknown
      try {
        const reply = await this.#attempt(messages, seed, signal)
        this.#answered++
        return reply
      } catch (error) {
        failure = error
      }
      if (signal?.aborted) throw signal.reason
      const judgement = judgeFailure(failure, { model, baseUrl, now: this.#clock.now() })
      if (!judgement.retry) throw this.#refusal(judgement.error)
      const { reason, wait = 0 } = judgement
      if (attempt >= maxRetries || wait > longestPause) {
        // Where others are answered meanwhile, it is this request's own trouble.
        const scope = this.#answered > answeredBefore && wait <= longestPause ? "request" : "run"
        throw unreachable(reason, { attempts: attempt + 1, wait, scope, cause: failure })
      }
      if (wait > 0) this.#gate.close(wait)
      const delay = retryDelay(attempt, this.#clock)
      this.#onNote?.(`${reason}; asked again in ${(Math.max(wait, delay) / 1000).toFixed(1)} s.`)
      await this.#clock.sleep(wait + delay, signal)
    }
  }

  async #attempt(messages: readonly TeacherMessage[], seed: number, signal?: AbortSignal): Promise<TeacherReply> {
    const promptTokens = estimatePromptTokens(messages)
    const most: TeacherUsage = { promptTokens, completionTokens: this.#settings.maxTokens ?? defaultMaxTokens }
    const reservation = await this.#ledger.reserve(most, signal)
    const entering = this.#gate.enter(most.promptTokens + most.completionTokens, signal)
    const entry = await entering.catch((error: unknown) => {
      reservation.cancel()
      throw error
    })
    let used: TeacherUsage = { promptTokens: 0, completionTokens: 0 }
    const timeout = AbortSignal.timeout(this.#replyTimeout ?? 600_000)
    try {
      const body = chatBody(this.#settings, messages, seed)
      const { usage, ...reply } = await requestChat(this.#client, body, {
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        onHeaders: (headers) => this.#gate.observe(headers),
      })
      used = usage ?? { promptTokens, completionTokens: estimateTextTokens(reply.text) }
      return { ...reply, usage: used }
    } catch (error) {
      if (error instanceof APIError && error.headers) this.#gate.observe(error.headers)
      if (error instanceof BrokenReply) used = { promptTokens, completionTokens: estimateTextTokens(error.received) }
      throw error
    } finally {
      reservation.settle(used)
      entry.correct(used.promptTokens + used.completionTokens)
    }
  }

  /** Requests refused one after the other before any was answered stop the run: something is wrong with all of them. */
  #refusal(error: TeacherError): TeacherError {
    if (error.scope === "run" || this.#answered > 0 || ++this.#refused < refusalsBeforeStop) return error
    return new TeacherError(`The first ${this.#refused} requests were all refused; the last one: ${error.message}`, {
      code: error.code,
      scope: "run",
      cause: error,
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
