import { ConfigError } from "./config-error.ts"

/** The tiled images of LLaVA 1.6 ("anyres"), asked for by a key of a configuration file. */
export function anyresUnsupported(file: string, key: string, value: unknown): ConfigError {
  return new ConfigError(
    `${key} is ${JSON.stringify(value)}, the tiled images (anyres) of LLaVA 1.6, which are not supported.`,
    {
      code: "image-aspect-ratio-unsupported",
      file,
      key,
      fix: "Use a LLaVA 1.5 model, or one whose image_aspect_ratio is square or pad.",
    },
  )
}
