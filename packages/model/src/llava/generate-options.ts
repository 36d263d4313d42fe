import type { Message } from "@llava/core"
import type { SamplingOptions } from "../generation/sampling-options.ts"

/** A conversation to answer, and how. */
export interface GenerateOptions extends SamplingOptions {
  messages: readonly Message[]
  /** Default 512. */
  maxNewTokens?: number
  /** Strings at which the answer ends, besides the template's. They are not part of the text. */
  stop?: readonly string[]
  /** Go on past the model's end token and the template's stop strings, to `maxNewTokens`. */
  ignoreEndOfSequence?: boolean
  /** Ends the answer at any moment; the generation then rejects with the signal's reason. */
  signal?: AbortSignal
}
