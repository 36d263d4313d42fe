import type { ImageSpec } from "@llava/core"

const WIDTH = 128
const IMAGE = 72

/** What the image tower of nano is built from: config.json of a CLIPVisionModel. */
export const nanoVisionConfig = {
  model_type: "clip_vision_model",
  hidden_size: WIDTH,
  intermediate_size: 4 * WIDTH,
  projection_dim: WIDTH,
  num_hidden_layers: 3,
  num_attention_heads: 4,
  image_size: IMAGE,
  patch_size: IMAGE / 3,
}

/** What the language model of nano is built from: config.json of a LlamaForCausalLM. */
export const nanoLanguageConfig = (vocabulary: number) => ({
  model_type: "llama",
  // Products go four columns at a time.
  vocab_size: Math.ceil(vocabulary / 8) * 8,
  hidden_size: WIDTH,
  intermediate_size: 320,
  num_hidden_layers: 3,
  num_attention_heads: 4,
  max_position_embeddings: 512,
  rms_norm_eps: 1e-5,
  tie_word_embeddings: false,
  pad_token_id: 0,
  bos_token_id: 1,
  eos_token_id: 2,
})

/** How pictures are prepared. */
export const nanoImageSpec: ImageSpec = {
  size: IMAGE,
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
  resample: "bicubic",
}
