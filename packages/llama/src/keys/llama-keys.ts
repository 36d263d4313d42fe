import type { LlamaConfig } from "../config/llama-config.ts"

/**
 * Hugging Face names are ours. Left out are the rotary frequencies that old checkpoints carry, which are computed
 * instead, and a second copy of a tied embedding table.
 */
export function llamaKeys(name: string, config: LlamaConfig): string | undefined {
  if (name.endsWith("rotary_emb.inv_freq")) return undefined
  return name === "lm_head.weight" && config.tie_word_embeddings ? undefined : name
}
