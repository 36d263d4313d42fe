import type { Checkpoint, StoredTensor } from "@llava/checkpoint"
import { type ImageSpec, parseImageProcessorConfig } from "@llava/core"
import type { Device } from "@llava/tensor"
import type { Part, VisionEncoderPart } from "../contract/part.ts"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import { ModelError } from "../model-error.ts"
import { collectWeights } from "./collect-weights.ts"
import type { LoadOptions } from "./load-options.ts"
import type { PendingModule } from "./load-pending.ts"
import type { ImageManifest, Manifest } from "./manifest.ts"
import type { ModelFolder } from "./model-folder.ts"
import { parsePartConfig } from "./parse-part-config.ts"
import { readJson } from "./read-json.ts"
import { selectPart } from "./select-part.ts"
import { tensorPlaces } from "./tensor-places.ts"
import { imageDType } from "./weight-dtype.ts"

export interface FoundEncoder {
  encoder: VisionEncoder
  pending: PendingModule
  imageSpec: ImageSpec | undefined
  /** `do_pad` of transformers' newer processors. */
  pads: boolean
  /** Open while weights are read, where the encoder has files of its own. */
  checkpoint: Checkpoint | undefined
}

/**
 * Builds the image encoder and finds its weights: in the model's own files, or in the folder that `mm_vision_tower`
 * names (relative to the model, absolute, or a hub id).
 */
export async function findEncoder(
  folder: ModelFolder,
  manifest: Manifest,
  image: ImageManifest,
  own: ReadonlyMap<string, StoredTensor>,
  device: Device,
  options: LoadOptions,
): Promise<FoundEncoder> {
  const separate = await separateFolder(folder, manifest, image, own.size > 0, options)
  const source = separate ?? folder
  const config = await encoderConfig(manifest, image, separate, options.parts)
  const file = separate ? `${separate.name}/config.json` : manifest.file
  const modelType = String(config["model_type"] ?? "clip_vision_model")
  const part: VisionEncoderPart = selectPart(options.parts, "vision-encoder", modelType, file)
  const parsed = await parsePartConfig(part.configSchema, config, file)
  const encoder = part.build(parsed, device)
  const checkpoint = own.size === 0 && separate ? await separate.openWeights() : undefined
  const tensors = checkpoint?.tensors ?? own
  const entries = collectWeights("image encoder", encoder, tensors, tensorPlaces(part, parsed))
  const processor = await readJson(source, "preprocessor_config.json")
  const imageSpec = processor && parseImageProcessorConfig(processor, `${source.name}/preprocessor_config.json`)
  checkSize(imageSpec, encoder, source)
  const pending = { module: encoder, entries, dtype: imageDType(options.dtype ?? "auto") }
  return { encoder, pending, imageSpec, pads: processor?.["do_pad"] === true, checkpoint }
}

async function separateFolder(
  folder: ModelFolder,
  manifest: Manifest,
  image: ImageManifest,
  hasWeights: boolean,
  { findFolder, parts }: LoadOptions,
): Promise<ModelFolder | undefined> {
  const path = image.encoderPath
  if (path === undefined) return undefined
  const beside = await folder.related(path)
  if (beside) return beside
  if (hasWeights && publishedConfig(parts, path)) return undefined
  if (findFolder) return findFolder(path)
  throw new ModelError(`${manifest.file}: mm_vision_tower '${path}' is not beside the model.`, {
    code: "encoder-missing",
    fix: "Put the encoder's folder there, or open the model with @llava/hub, which downloads it.",
  })
}

async function encoderConfig(
  manifest: Manifest,
  image: ImageManifest,
  separate: ModelFolder | undefined,
  parts: readonly Part[],
): Promise<Readonly<Record<string, unknown>>> {
  if (image.encoder) return image.encoder
  const config = separate ? await readJson(separate, "config.json") : publishedConfig(parts, image.encoderPath ?? "")
  if (!config) {
    throw new ModelError(`${separate?.name ?? manifest.file}: there is no config of the image encoder.`, {
      code: "config-missing",
    })
  }
  // Published CLIP folders describe both towers.
  const vision = config["vision_config"]
  if (typeof vision !== "object" || vision === null) return config
  return { model_type: "clip_vision_model", ...vision }
}

function publishedConfig(parts: readonly Part[], name: string): Readonly<Record<string, unknown>> | undefined {
  for (const part of parts) {
    const config = part.published?.[name]
    if (config) return config as Readonly<Record<string, unknown>>
  }
  return undefined
}

function checkSize(spec: ImageSpec | undefined, encoder: VisionEncoder, folder: ModelFolder): void {
  if (!spec || spec.size === encoder.image.size) return
  throw new ModelError(
    `${folder.name}/preprocessor_config.json prepares ${spec.size} pixels, the encoder takes ${encoder.image.size}.`,
    { code: "image-size", fix: "Use the preprocessor_config.json that belongs to the encoder." },
  )
}
