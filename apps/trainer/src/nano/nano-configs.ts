import type { ImageSpec } from "@llava/core"

const IMAGE = 72

/** How large the parts of a nano are. */
export interface NanoSize {
  /** Of the residual stream of both towers. */
  width: number
  heads: number
  imageLayers: number
  languageLayers: number
  /** Between the two products of a block of the language model. */
  inner: number
}

/** Of the nano that comes along. */
export const nanoSize: NanoSize = { width: 128, heads: 4, imageLayers: 3, languageLayers: 3, inner: 320 }

/** What the image tower of nano is built from: config.json of a CLIPVisionModel. */
export const nanoVisionConfig = ({ width, heads, imageLayers }: NanoSize) => ({
  model_type: "clip_vision_model",
  hidden_size: width,
  intermediate_size: 4 * width,
  projection_dim: width,
  num_hidden_layers: imageLayers,
  num_attention_heads: heads,
  image_size: IMAGE,
  patch_size: IMAGE / 3,
})

/** What the language model of nano is built from: config.json of a LlamaForCausalLM. */
export const nanoLanguageConfig = (vocabulary: number, { width, heads, languageLayers, inner }: NanoSize) => ({
  model_type: "llama",
  // Products go four columns at a time.
  vocab_size: Math.ceil(vocabulary / 8) * 8,
  hidden_size: width,
  intermediate_size: inner,
  num_hidden_layers: languageLayers,
  num_attention_heads: heads,
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
