import type { Module, Tensor } from "@llava/tensor"

/** The second part of a LLaVA: image features to embeddings of the language model. */
export interface Projector extends Module {
  /** Tokens that come out for so many going in; a resampler changes the number. */
  tokensOut(tokensIn: number): number
  /** `[batch, tokens, featureSize]` -> `[batch, tokensOut, hiddenSize]` */
  project(features: Tensor): Tensor
}

/** What a projector is built from: the type's name and the sizes on both sides. */
export interface ProjectorConfig {
  /** `linear`, `mlp2x_gelu`, `identity`, ... */
  readonly type: string
  readonly featureSize: number
  readonly hiddenSize: number
  /** Default true. */
  readonly bias?: boolean
  /** Activation between layers; default `gelu` (exact). */
  readonly activation?: string
}
