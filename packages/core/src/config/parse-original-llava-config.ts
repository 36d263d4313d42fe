import { anyresUnsupported } from "./anyres-unsupported.ts"
import { type OriginalLlavaConfig, originalLlavaConfigSchema } from "./original-llava-config.ts"
import { parseConfig } from "./parse-config.ts"

/**
 * The `config.json` of an original LLaVA checkpoint.
 *
 * @throws ConfigError naming file and key; `image-aspect-ratio-unsupported` for the tiled images of LLaVA 1.6.
 */
export function parseOriginalLlavaConfig(value: unknown, file: string): OriginalLlavaConfig {
  const key = "image_aspect_ratio"
  const ratio = typeof value === "object" && value !== null && key in value ? value[key] : undefined
  if (typeof ratio === "string" && ratio.startsWith("anyres")) throw anyresUnsupported(file, key, ratio)
  return parseConfig(originalLlavaConfigSchema, value, file)
}
