/** What one step did. */
export interface TrainStep {
  /** Counted from 1. */
  readonly step: number
  readonly steps: number
  readonly epoch: number
  /** Mean over the learned tokens (or as the recipe weights them), before the step. */
  readonly loss: number
  readonly learningRate: number
  /** Length of all gradients together, before clipping. */
  readonly gradientNorm: number
  /** Text and image tokens that went through the language model. */
  readonly tokens: number
  readonly learnedTokens: number
  readonly tokensPerSecond: number
  readonly gpuBytes: number
}
