/** A line of `metrics.jsonl`: one step. */
export interface MetricsLine {
  /** Counted from 1. */
  readonly step: number
  /** Mean over the learned tokens, before the step. */
  readonly loss: number
  readonly lr: number
  /** Length of all gradients together, before clipping. */
  readonly gradNorm: number
  /** Text and image tokens that went through the language model. */
  readonly tokens: number
  readonly learnedTokens: number
  readonly tokensPerSecond: number
  /** Held on the GPU after the step. */
  readonly gpuBytes: number
}
