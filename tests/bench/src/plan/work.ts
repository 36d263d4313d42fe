import type { WeightFormat } from "../data/random-matrix.ts"

/** y `[rows, outputs]` = x `[rows, inputs]` times a weight matrix `[outputs, inputs]` that stays on the device. */
export interface MatmulWork {
  readonly kind: "matmul"
  readonly format: WeightFormat
  readonly rows: number
  readonly inputs: number
  readonly outputs: number
}

/** One picture through the image tower, down to the hidden states after `layers` layers. Random weights. */
export interface ImageEncoderWork {
  readonly kind: "image-encoder"
  readonly preset: "vitBase32" | "vitLarge14"
  readonly format: "f32" | "f16"
  readonly layers: number
}

/**
 * A decoder of SmolLM2-135M's sizes with random int4 weights (symmetric, blocks of 32), to the logits of the last token:
 * `prefill` of so many tokens at once, or `decode` of one token that follows them.
 */
export interface DecoderWork {
  readonly kind: "decoder"
  readonly phase: "prefill" | "decode"
  readonly tokens: number
  readonly layers: number
}

/** Tokens that a decoding run of SmolLM2 chooses. */
export const DECODED_TOKENS = 16

/** SmolLM2-135M-Instruct itself, from its GGUF file: a prompt of `tokens` tokens, or greedy tokens after it. */
export interface Smollm2Work {
  readonly kind: "smollm2"
  readonly phase: "prefill" | "decode"
  readonly file: string
  readonly tokens: number
}

/** A decoder of LLaMA's design, with as many key/value heads as heads and a head of its own for the logits. */
export interface TrainingSizes {
  readonly layers: number
  readonly size: number
  readonly heads: number
  readonly intermediate: number
  readonly vocabulary: number
}

/** A training step in f32: next-word loss of `batch` rows of `tokens` random ids, its gradients, and AdamW. */
export interface TrainingWork extends TrainingSizes {
  readonly kind: "training"
  readonly batch: number
  readonly tokens: number
}

/** What is computed. Plain data: every process makes the same inputs and weights of it. */
export type Work = MatmulWork | ImageEncoderWork | DecoderWork | Smollm2Work | TrainingWork
