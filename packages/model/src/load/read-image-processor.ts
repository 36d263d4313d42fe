import { type ImageSpec, parseImageProcessorConfig } from "@llava/core"
import type { ModelFolder } from "./model-folder.ts"
import { readJson } from "./read-json.ts"

export interface ImageProcessor {
  readonly spec: ImageSpec
  /** `do_pad`: pictures are padded to squares first. */
  readonly pads: boolean
  /** Where it was found, for error messages. */
  readonly file: string
}

/**
 * How a folder says that images are prepared: inside processor_config.json, where transformers 5 puts it, else in
 * preprocessor_config.json. Undefined where neither says it; errors are those of `parseImageProcessorConfig`.
 */
export async function readImageProcessor(folder: ModelFolder): Promise<ImageProcessor | undefined> {
  const whole = "processor_config.json"
  const nested = (await readJson(folder, whole))?.["image_processor"]
  if (isRecord(nested)) return imageProcessor(nested, `${folder.name}/${whole}`)
  const own = "preprocessor_config.json"
  const config = await readJson(folder, own)
  return config && imageProcessor(config, `${folder.name}/${own}`)
}

function imageProcessor(config: Readonly<Record<string, unknown>>, file: string): ImageProcessor {
  return { spec: parseImageProcessorConfig(config, file), pads: config["do_pad"] === true, file }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
