import { type Device, type RopeScaling, type RopeTable, ropeTable } from "@llava/tensor"
import type { LlamaConfig } from "../config/llama-config.ts"

/** The rotary table of a config: cosines and sines of every position it allows. */
export function llamaRope(device: Device, config: LlamaConfig): RopeTable {
  return ropeTable(device, {
    headSize: config.head_dim,
    base: config.rope.rope_theta ?? config.rope_theta,
    maxPositions: config.max_position_embeddings,
    scaling: ropeScaling(config),
  })
}

function ropeScaling(config: LlamaConfig): RopeScaling {
  const rope = config.rope
  switch (rope.rope_type) {
    case "default":
      return { type: "default" }
    case "linear":
      return { type: "linear", factor: rope.factor }
    case "dynamic":
      return {
        type: "dynamic",
        factor: rope.factor,
        originalMaxPositions: rope.original_max_position_embeddings ?? config.max_position_embeddings,
      }
    case "llama3":
      return {
        type: "llama3",
        factor: rope.factor,
        lowFreqFactor: rope.low_freq_factor,
        highFreqFactor: rope.high_freq_factor,
        originalMaxPositions: rope.original_max_position_embeddings,
      }
    case "yarn":
      return {
        type: "yarn",
        factor: rope.factor,
        originalMaxPositions: rope.original_max_position_embeddings ?? config.max_position_embeddings,
        betaFast: rope.beta_fast ?? 32,
        betaSlow: rope.beta_slow ?? 1,
        ...(rope.mscale != null && { mscale: rope.mscale }),
        ...(rope.mscale_all_dim != null && { mscaleAllDim: rope.mscale_all_dim }),
        ...(rope.attention_factor != null && { attentionFactor: rope.attention_factor }),
        ...(rope.truncate !== undefined && { truncate: rope.truncate }),
      }
  }
}
