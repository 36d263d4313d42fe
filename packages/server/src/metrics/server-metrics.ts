import type { GenerationResult } from "@llava/model"
import type { FairQueue } from "../queue/fair-queue.ts"
import { Counter } from "./counter.ts"
import { expose } from "./expose.ts"
import { Gauge } from "./gauge.ts"
import { Histogram } from "./histogram.ts"

const seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600]

/** What `GET /metrics` tells. */
export class ServerMetrics {
  readonly #requests = new Counter("llava_requests_total", "Requests answered, by route and status.")
  readonly #requestSeconds = new Histogram(
    "llava_request_seconds",
    "Time until the head of an answer, by route.",
    seconds,
  )
  readonly #tokens = new Counter(
    "llava_tokens_total",
    "Tokens by model: of texts, of images, from the cache, generated.",
  )
  readonly #answers = new Counter("llava_answers_total", "Answers by model and how they ended.")
  readonly #answerSeconds = new Histogram("llava_answer_seconds", "Time of an answer, waiting included.", seconds)
  readonly #firstTokenSeconds = new Histogram(
    "llava_first_token_seconds",
    "Time until the first token of an answer, waiting included.",
    seconds,
  )
  readonly #working: Gauge
  readonly #queued: Gauge

  constructor(queues: () => readonly { id: string; queue: FairQueue }[]) {
    this.#working = new Gauge("llava_answers_running", "Answers being made, by model.", () =>
      queues().map(({ id, queue }) => [{ model: id }, queue.working]),
    )
    this.#queued = new Gauge("llava_answers_queued", "Answers waiting for their turn, by model.", () =>
      queues().map(({ id, queue }) => [{ model: id }, queue.queued]),
    )
  }

  request(route: string, status: number, time: number): void {
    this.#requests.add({ route, status: String(status) })
    this.#requestSeconds.observe({ route }, time)
  }

  firstToken(model: string, time: number): void {
    this.#firstTokenSeconds.observe({ model }, time)
  }

  answer(model: string, time: number, { usage, finishReason }: GenerationResult): void {
    this.#answers.add({ model, ending: finishReason })
    this.#answerSeconds.observe({ model }, time)
    const { promptTokens, imageTokens, cachedTokens, generatedTokens } = usage
    for (const [kind, count] of Object.entries({ promptTokens, imageTokens, cachedTokens, generatedTokens })) {
      this.#tokens.add({ model, kind: kind.replace("Tokens", "") }, count)
    }
  }

  /** An answer that did not come to its end. */
  brokenOff(model: string, ending: "left" | "failed"): void {
    this.#answers.add({ model, ending })
  }

  expose(): string {
    return expose([
      this.#requests,
      this.#requestSeconds,
      this.#answers,
      this.#answerSeconds,
      this.#firstTokenSeconds,
      this.#tokens,
      this.#working,
      this.#queued,
    ])
  }
}
