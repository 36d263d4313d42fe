import type { ImageSpec } from "@llava/core"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import { ModelError } from "../model-error.ts"
import { buildEncoder } from "./build-encoder.ts"
import { encoderConfigOf } from "./encoder-config-of.ts"
import type { LoadPartsOptions } from "./load-parts.ts"
import { loadPending } from "./load-pending.ts"
import type { ModelFolder } from "./model-folder.ts"
import { openModelFolder } from "./open-model-folder.ts"
import type { PartSource } from "./part-source.ts"
import { readJson } from "./read-json.ts"

/** An encoder with its weights on the GPU. */
export interface LoadedEncoder {
  readonly encoder: VisionEncoder
  /** What preprocessor_config.json states, where there is one. */
  readonly imageSpec: ImageSpec | undefined
  readonly source: PartSource
}

/**
 * Loads an image encoder from a folder of its own, for example a CLIP with one or both towers. The caller disposes the
 * encoder. Errors: "config-missing", and those of `loadParts`.
 */
export async function loadEncoder(path: string | ModelFolder, options: LoadPartsOptions): Promise<LoadedEncoder> {
  const folder = typeof path === "string" ? await openModelFolder(path) : path
  const config = await readJson(folder, "config.json")
  if (!config) throw new ModelError(`${folder.name} has no config.json.`, { code: "config-missing" })
  await using checkpoint = await folder.openWeights()
  const files = {
    config: encoderConfigOf(config),
    file: `${folder.name}/config.json`,
    tensors: checkpoint.tensors,
    folder,
  }
  const { encoder, imageSpec, pending, source } = await buildEncoder(files, options.device, options)
  await loadPending(options.device, [pending], options)
  return { encoder, imageSpec, source }
}
