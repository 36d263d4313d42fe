import type { Message, TokenConstraint } from "@llava/core"
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
  /**
   * Holds the answer to a form, such as JSON (`jsonGrammar` of `@llava/core`): called once for each answer. The template's
   * stop strings do not count then, since they may be part of it.
   */
  constrain?: () => TokenConstraint
  /**
   * Tell the probability of each token, and those of so many others that were likeliest: the model's own, before
   * temperature, filters and constraint.
   */
  logProbabilities?: number
  /** Ends the answer at any moment; the generation then rejects with the signal's reason. */
  signal?: AbortSignal
}
