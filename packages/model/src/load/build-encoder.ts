import type { StoredTensor } from "@llava/checkpoint"
import { type ImageSpec, parseImageProcessorConfig } from "@llava/core"
import type { Device } from "@llava/tensor"
import type { VisionEncoderPart } from "../contract/part.ts"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import { ModelError } from "../model-error.ts"
import { collectWeights } from "./collect-weights.ts"
import type { LoadOptions } from "./load-options.ts"
import type { PendingModule } from "./load-pending.ts"
import type { ModelFolder } from "./model-folder.ts"
import { parsePartConfig } from "./parse-part-config.ts"
import { type PartSource, partSource } from "./part-source.ts"
import { readJson } from "./read-json.ts"
import { selectPart } from "./select-part.ts"
import { tensorPlaces } from "./tensor-places.ts"
import { imageDType } from "./weight-dtype.ts"

export interface BuiltEncoder {
  encoder: VisionEncoder
  pending: PendingModule
  source: PartSource
  /** What preprocessor_config.json states, where there is one. */
  imageSpec: ImageSpec | undefined
  /** `do_pad` of transformers' newer processors. */
  pads: boolean
}

export interface EncoderFiles {
  config: Readonly<Record<string, unknown>>
  /** The file of the config, for error messages. */
  file: string
  tensors: ReadonlyMap<string, StoredTensor>
  /** Where preprocessor_config.json may be. */
  folder: ModelFolder
}

/** Builds an image encoder from its config and finds its weights among tensors. */
export async function buildEncoder(
  { config, file, tensors, folder }: EncoderFiles,
  device: Device,
  { parts, dtype = "auto" }: Pick<LoadOptions, "parts" | "dtype">,
): Promise<BuiltEncoder> {
  const modelType = String(config["model_type"] ?? "clip_vision_model")
  const part: VisionEncoderPart = selectPart(parts, "vision-encoder", modelType, file)
  const parsed = await parsePartConfig(part.configSchema, config, file)
  const encoder = part.build(parsed, device)
  const entries = collectWeights("image encoder", encoder, tensors, tensorPlaces(part, parsed))
  const processor = await readJson(folder, "preprocessor_config.json")
  const imageSpec = processor && parseImageProcessorConfig(processor, `${folder.name}/preprocessor_config.json`)
  checkSize(imageSpec, encoder, folder)
  const pending = { module: encoder, entries, dtype: imageDType(dtype) }
  return {
    encoder,
    pending,
    source: partSource(config, entries, folder),
    imageSpec,
    pads: processor?.["do_pad"] === true,
  }
}

function checkSize(spec: ImageSpec | undefined, encoder: VisionEncoder, folder: ModelFolder): void {
  if (!spec || spec.size === encoder.image.size) return
  throw new ModelError(
    `${folder.name}/preprocessor_config.json prepares ${spec.size} pixels, the encoder takes ${encoder.image.size}.`,
    { code: "image-size", fix: "Use the preprocessor_config.json that belongs to the encoder." },
  )
}
