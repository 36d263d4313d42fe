import { conversationFormats } from "@llava/core"
import type { Llava } from "../llava/llava.ts"
import type { ModelSource } from "../load/model-source.ts"
import { isLinearProjector } from "./is-linear-projector.ts"
import type { SavedDType } from "./saved-tensors.ts"

type Config = Readonly<Record<string, unknown>>

const torchNames: Readonly<Record<SavedDType, string>> = { F32: "float32", F16: "float16", BF16: "bfloat16" }

/** What the original adds to its language model's config, and what belongs to the whole model. */
const notLanguage =
  /^(mm_|tune_mm_|use_mm_proj$|image_aspect_ratio$|tokenizer_|freeze_mm_|unfreeze_mm_|llava$|architectures$)/

/** config.json of a model: Hugging Face's, with what they have no words for under `llava`. */
export function savedConfig(model: Llava, source: ModelSource, dtype: SavedDType | undefined): Config {
  const config = { ...baseConfig(model, source), llava: llavaKey(model, source) }
  if (dtype === undefined) return config
  const key = "torch_dtype" in config ? "torch_dtype" : "dtype"
  return { ...config, [key]: torchNames[dtype] }
}

function baseConfig(model: Llava, source: ModelSource): Config {
  const { manifest } = source
  if (manifest && manifest.layout !== "original") return manifest.config
  const language = languageConfig(source)
  return model.encoder ? composedConfig(model, source, language) : language
}

function languageConfig({ languageModel: { config } }: ModelSource): Config {
  const kept = Object.fromEntries(Object.entries(config).filter(([key]) => !notLanguage.test(key)))
  // The original's models are LLaMA under names of their own.
  const modelType = String(config["model_type"] ?? "llama").replace(/^llava(_llama)?$/, "llama")
  const architectures = modelType === "llama" ? { architectures: ["LlamaForCausalLM"] } : {}
  return { ...architectures, ...kept, model_type: modelType }
}

function composedConfig(model: Llava, source: ModelSource, language: Config): Config {
  const { tokenizer, imageTokenId, imageStartEnd, selectFeature = "patch", maxLength } = model.options
  const projector = source.projector?.config ?? {}
  const image = source.manifest?.image
  return {
    architectures: ["LlavaForConditionalGeneration"],
    model_type: "llava",
    text_config: language,
    vision_config: { model_type: model.encoder!.modelType, ...source.encoder?.config },
    // Any id that prompts never contain: transformers puts the features where it stands.
    image_token_index:
      imageTokenId ?? tokenizer.tokenId("<image>") ?? tokenizer.unkTokenId ?? tokenizer.padTokenId ?? 0,
    image_seq_length: model.tokensPerImage,
    projector_hidden_act: isLinearProjector(source) ? "linear" : (projector["activation"] ?? "gelu"),
    multimodal_projector_bias: projector["bias"] ?? true,
    vision_feature_layer: oneOrMany(selectLayers(model)),
    vision_feature_select_strategy: selectFeature === "patch" ? "default" : "full",
    tie_word_embeddings: language["tie_word_embeddings"] ?? false,
    ...(imageStartEnd && { mm_use_im_start_end: true }),
    ...(image?.imagePatchToken && { mm_use_im_patch_token: true }),
    ...(maxLength !== undefined && { tokenizer_model_max_length: maxLength }),
  }
}

function llavaKey(model: Llava, source: ModelSource): Config {
  const template = model.template.name
  const projector = source.projector?.config
  const described = projector !== undefined && String(projector["type"] ?? "mlp2x_gelu") !== "mlp2x_gelu"
  return {
    version: 1,
    // A chat template travels with the tokenizer.
    ...(Object.hasOwn(conversationFormats, template) && { template }),
    ...(model.encoder && {
      imageAspectRatio: model.options.imageAspectRatio ?? "square",
      selectLayer: oneOrMany(selectLayers(model)),
      selectFeature: model.options.selectFeature ?? "patch",
      // Bias and activation of a linear one are told by keys that transformers knows.
      parts: described ? { projector: isLinearProjector(source) ? { type: "linear" } : projector } : {},
    }),
  }
}

function selectLayers(model: Llava): readonly number[] {
  return model.options.selectLayers ?? [-2]
}

function oneOrMany(layers: readonly number[]): number | readonly number[] {
  return layers.length === 1 ? layers[0]! : layers
}
