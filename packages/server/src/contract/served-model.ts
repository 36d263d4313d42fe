import type { AnswerEngine } from "./answer-engine.ts"
import type { Embedder } from "./embedder.ts"

interface Named {
  /** What requests call it. */
  id: string
  /** Default `llava`. */
  ownedBy?: string
  /**
   * Set while it cannot answer: requests to it are refused with 503 and this sentence, and with `Retry-After` where it
   * is known to come back.
   */
  away?: { reason: string; retryAfterSeconds?: number }
}

/** A model that answers. */
export interface ServedModel extends Named {
  engine: AnswerEngine
  /** Sampling where a request does not say; OpenAI's own default is 1. */
  temperature?: number
}

/** A model that embeds images and texts in one space. */
export interface ServedEmbedder extends Named {
  embedder: Embedder
}
