import { LlavaError } from "@llava/core"
import type { Llava } from "@llava/model"

/** Models that are open, or on their way, by their names: each is opened once, however many ask for it. */
export class OpenModels implements AsyncDisposable {
  readonly #open: (modelId: string) => Promise<Llava>
  readonly #models = new Map<string, Promise<Llava>>()
  #closed = false

  constructor(open: (modelId: string) => Promise<Llava>) {
    this.#open = open
  }

  /** Rejects as opening did; the next call then tries again. After disposal: `LlavaError` "provider-closed". */
  get(modelId: string): Promise<Llava> {
    if (this.#closed) {
      const fix = "Create another provider."
      return Promise.reject(new LlavaError("This provider has been closed.", { code: "provider-closed", fix }))
    }
    const known = this.#models.get(modelId)
    if (known) return known
    const opening = this.#open(modelId)
    this.#models.set(modelId, opening)
    opening.catch(() => this.#models.delete(modelId))
    return opening
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    const opened = await Promise.allSettled(this.#models.values())
    this.#models.clear()
    for (const model of opened) if (model.status === "fulfilled") await model.value[Symbol.asyncDispose]()
  }
}
