import type { Device } from "@llava/tensor"
import type { Part } from "../contract/part.ts"
import { initialiseModule } from "../initialise/initialise-module.ts"
import { encoderConfigOf } from "../load/encoder-config-of.ts"
import type { LoadedEncoder } from "../load/load-encoder.ts"
import { parsePartConfig } from "../load/parse-part-config.ts"
import { selectPart } from "../load/select-part.ts"

export interface NewEncoderOptions {
  device: Device
  /** Where the model type is looked up; of two for one type the later is taken. */
  parts: readonly Part[]
  /** Decides what it begins with. Default 0. */
  seed?: number
  /** What messages call the config. */
  file?: string
}

/**
 * An image encoder that has learned nothing yet, by its config: what the config.json of a CLIP says, one tower or both.
 * The caller disposes it. Errors: `ModelError` "unknown-model-type", "config-invalid".
 */
export async function newEncoder(
  config: Readonly<Record<string, unknown>>,
  { device, parts, seed = 0, file = "image encoder" }: NewEncoderOptions,
): Promise<LoadedEncoder> {
  const stated = encoderConfigOf(config)
  const part = selectPart(parts, "vision-encoder", String(stated["model_type"] ?? "clip_vision_model"), file)
  const parsed = await parsePartConfig(part.configSchema, stated, file)
  const encoder = part.build(parsed, device)
  initialiseModule(encoder, device, seed, (path) => part.initialDeviation?.(path, parsed))
  return { encoder, imageSpec: undefined, source: { config: stated, tensors: new Map() } }
}
