/** SmolLM2-135M's sizes, as its config.json states them; `num_hidden_layers` is the benchmark's to choose. */
export const decoderSizes = {
  hidden_size: 576,
  intermediate_size: 1536,
  num_attention_heads: 9,
  num_key_value_heads: 3,
  head_dim: 64,
  vocab_size: 49152,
  max_position_embeddings: 2048,
  rms_norm_eps: 1e-5,
  rope_theta: 100_000,
  tie_word_embeddings: true,
} as const
