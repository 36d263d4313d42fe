import {
  type HuggingFaceLlavaConfig,
  type LlavaKey,
  llavaKeySchema,
  parseConfig,
  parseHuggingFaceLlavaConfig,
  parseOriginalLlavaConfig,
} from "@llava/core"
import { ModelError } from "../model-error.ts"
import type { ImageManifest, Manifest } from "./manifest.ts"
import type { ModelFolder } from "./model-folder.ts"
import { readJson } from "./read-json.ts"

type Config = Readonly<Record<string, unknown>>

/**
 * Reads config.json: Hugging Face's LLaVA (`text_config`), the original's (`mm_*`), or a language model alone. Our own
 * `llava` key, where there is one, goes before what other keys say.
 */
export async function readManifest(folder: ModelFolder): Promise<Manifest> {
  const file = `${folder.name}/config.json`
  const config = await readJson(folder, "config.json")
  if (!config) {
    throw new ModelError(`${folder.name} has no config.json.`, {
      code: "config-missing",
      fix: "Give a folder in Hugging Face's or the original LLaVA's layout, or a .gguf file.",
    })
  }
  const own = "llava" in config ? parseConfig(llavaKeySchema, config["llava"], file) : undefined
  if ("text_config" in config || (config["model_type"] === "llava" && "vision_config" in config)) {
    return huggingFace(config, file, own)
  }
  if ("mm_vision_tower" in config || "mm_hidden_size" in config) return original(config, file, own)
  const shared = { file, config, language: config, image: undefined, maxLength: undefined }
  return { ...shared, layout: "language-model", template: own?.template }
}

function huggingFace(config: Config, file: string, own: LlavaKey | undefined): Manifest {
  const parsed: HuggingFaceLlavaConfig = parseHuggingFaceLlavaConfig(config, file)
  const layers = own?.selectLayer ?? parsed.vision_feature_layer
  const image: ImageManifest = {
    encoder: parsed.vision_config,
    encoderPath: undefined,
    projector: {
      type: "mlp2x_gelu",
      bias: parsed.multimodal_projector_bias,
      activation: parsed.projector_hidden_act,
      ...projectorOf(own, file),
    },
    selectLayers: typeof layers === "number" ? [layers] : layers,
    selectFeature: own?.selectFeature ?? (parsed.vision_feature_select_strategy === "full" ? "cls_patch" : "patch"),
    imageAspectRatio: own?.imageAspectRatio ?? "square",
    imageTokenId: parsed.image_token_id ?? parsed.image_token_index,
    // transformers knows nothing of these; a saved model of the original LLaVA has them.
    imageStartEnd: config["mm_use_im_start_end"] === true,
    imagePatchToken: config["mm_use_im_patch_token"] === true,
  }
  const length = config["tokenizer_model_max_length"]
  const maxLength = typeof length === "number" ? length : undefined
  // transformers ties them where either says so.
  const tied = parsed.tie_word_embeddings || parsed.text_config["tie_word_embeddings"] === true
  const language = { ...parsed.text_config, tie_word_embeddings: tied }
  return { layout: "hugging-face", file, config, language, image, template: own?.template, maxLength }
}

function original(config: Config, file: string, own: LlavaKey | undefined): Manifest {
  const parsed = parseOriginalLlavaConfig(config, file)
  const layers = own?.selectLayer ?? parsed.mm_vision_select_layer
  const image: ImageManifest = {
    encoder: undefined,
    encoderPath: parsed.mm_vision_tower,
    projector: { type: parsed.mm_projector_type, ...projectorOf(own, file) },
    selectLayers: typeof layers === "number" ? [layers] : layers,
    selectFeature: own?.selectFeature ?? parsed.mm_vision_select_feature,
    imageAspectRatio: own?.imageAspectRatio ?? parsed.image_aspect_ratio,
    imageTokenId: undefined,
    imageStartEnd: parsed.mm_use_im_start_end,
    imagePatchToken: parsed.mm_use_im_patch_token,
  }
  const maxLength = parsed.tokenizer_model_max_length
  return { layout: "original", file, config, language: config, image, template: own?.template, maxLength }
}

/** `llava.parts.projector` describes a projector that the other keys have no words for. */
function projectorOf(own: LlavaKey | undefined, file: string): (Config & { type: string }) | undefined {
  const projector = own?.parts["projector"]
  if (projector === undefined) return undefined
  if (
    typeof projector === "object" &&
    projector !== null &&
    "type" in projector &&
    typeof projector.type === "string"
  ) {
    return projector as Config & { type: string }
  }
  throw new ModelError(`${file}: llava.parts.projector has no type.`, { code: "config-invalid" })
}
