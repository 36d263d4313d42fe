/** How answers are drawn. */
export interface Sampling {
  /** 0 takes the likeliest token. */
  readonly temperature: number
  /** Only tokens that reach this probability together, above 0 to 1. */
  readonly topP: number
  readonly maxTokens: number
  /** Makes a drawn answer repeatable; null draws anew each time. */
  readonly seed: number | null
}
