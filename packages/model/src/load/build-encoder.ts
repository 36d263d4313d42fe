import type { StoredTensor } from "@llava/checkpoint"
import type { ImageSpec } from "@llava/core"
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
import { type ImageProcessor, readImageProcessor } from "./read-image-processor.ts"
import { selectPart } from "./select-part.ts"
import { tensorPlaces } from "./tensor-places.ts"
import { imageDType } from "./weight-dtype.ts"

export interface BuiltEncoder {
  encoder: VisionEncoder
  pending: PendingModule
  source: PartSource
  /** What the image processor's file states, where there is one. */
  imageSpec: ImageSpec | undefined
  /** `do_pad` of transformers' newer processors. */
  pads: boolean
}

export interface EncoderFiles {
  config: Readonly<Record<string, unknown>>
  /** The file of the config, for error messages. */
  file: string
  tensors: ReadonlyMap<string, StoredTensor>
  /** Where the image processor's file may be. */
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
  const places = tensorPlaces(part, parsed)
  const entries = collectWeights("image encoder", encoder, tensors, places)
  const processor = await readImageProcessor(folder)
  if (processor) checkSize(processor, encoder)
  const pending = { module: encoder, entries, dtype: imageDType(dtype) }
  return {
    encoder,
    pending,
    source: partSource(config, entries, places, folder),
    imageSpec: processor?.spec,
    pads: processor?.pads ?? false,
  }
}

function checkSize({ spec, file }: ImageProcessor, encoder: VisionEncoder): void {
  if (spec.size === encoder.image.size) return
  throw new ModelError(`${file} prepares ${spec.size} pixels, the encoder takes ${encoder.image.size}.`, {
    code: "image-size",
    fix: "Use the file that belongs to the encoder.",
  })
}
