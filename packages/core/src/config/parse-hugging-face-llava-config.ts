import { anyresUnsupported } from "./anyres-unsupported.ts"
import { ConfigError } from "./config-error.ts"
import { type HuggingFaceLlavaConfig, huggingFaceLlavaConfigSchema } from "./hugging-face-llava-config.ts"
import { parseConfig } from "./parse-config.ts"

/**
 * The `config.json` of `LlavaForConditionalGeneration`.
 *
 * @throws ConfigError naming file and key; `image-aspect-ratio-unsupported` for LLaVA 1.6 (`llava_next`),
 *   `unknown-model-type` for the other models whose configuration has a `text_config`.
 */
export function parseHuggingFaceLlavaConfig(
  value: Readonly<Record<string, unknown>>,
  file: string,
): HuggingFaceLlavaConfig {
  for (const key of ["image_grid_pinpoints", "image_aspect_ratio"]) {
    const stated = value[key]
    const isTiled = typeof stated === "string" ? stated.startsWith("anyres") : Array.isArray(stated)
    if (isTiled) throw anyresUnsupported(file, key, stated)
  }
  const modelType = value["model_type"] ?? "llava"
  if (modelType === "llava_next") throw anyresUnsupported(file, "model_type", modelType)
  if (modelType !== "llava") {
    throw new ConfigError(`model_type is ${JSON.stringify(modelType)}, not "llava".`, {
      code: "unknown-model-type",
      file,
      key: "model_type",
      fix: "Use a LLaVA, or a language model of the LLaMA family.",
    })
  }
  return parseConfig(huggingFaceLlavaConfigSchema, value, file)
}
