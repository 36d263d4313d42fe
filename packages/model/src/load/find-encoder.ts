import type { Checkpoint, StoredTensor } from "@llava/checkpoint"
import { LlavaError } from "@llava/core"
import type { Device } from "@llava/tensor"
import type { Part } from "../contract/part.ts"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import { ModelError } from "../model-error.ts"
import { type BuiltEncoder, buildEncoder } from "./build-encoder.ts"
import { encoderConfigOf } from "./encoder-config-of.ts"
import type { LoadOptions } from "./load-options.ts"
import type { ImageManifest, Manifest } from "./manifest.ts"
import type { ModelFolder } from "./model-folder.ts"
import { readJson } from "./read-json.ts"

export interface FoundEncoder extends BuiltEncoder {
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
  const checkpoint = own.size === 0 && separate ? await separate.openWeights() : undefined
  try {
    const tensors = checkpoint?.tensors ?? own
    const built = await buildEncoder({ config, file, tensors, folder: source }, device, options)
    checkLayers(built.encoder, image, manifest)
    return { ...built, checkpoint }
  } catch (error) {
    await checkpoint?.[Symbol.asyncDispose]()
    throw error
  }
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
  const fail = (code: string, fix: string, cause?: unknown) =>
    new ModelError(`${manifest.file}: mm_vision_tower '${path}' is not beside the model.`, { code, fix, cause })
  if (!findFolder) {
    throw fail(
      "encoder-missing",
      "Put the encoder's folder there, or open the model with @llava/hub, which downloads it.",
    )
  }
  try {
    return await findFolder(path)
  } catch (error) {
    // The reader never named the encoder; its config.json did.
    if (!LlavaError.isInstance(error)) throw error
    throw fail(error.code, error.message, error)
  }
}

async function encoderConfig(
  manifest: Manifest,
  image: ImageManifest,
  separate: ModelFolder | undefined,
  parts: readonly Part[],
): Promise<Readonly<Record<string, unknown>>> {
  if (image.encoder) return image.encoder
  const config = separate ? await readJson(separate, "config.json") : publishedConfig(parts, image.encoderPath ?? "")
  if (config) return encoderConfigOf(config)
  throw new ModelError(`${separate?.name ?? manifest.file}: there is no config of the image encoder.`, {
    code: "config-missing",
    fix: "Put the config.json of the encoder into its folder.",
  })
}

function publishedConfig(parts: readonly Part[], name: string): Readonly<Record<string, unknown>> | undefined {
  for (const part of parts) {
    const config = part.published?.[name]
    if (config) return config as Readonly<Record<string, unknown>>
  }
  return undefined
}

/** Before weights are read: an encoder finds out only when it encodes. */
function checkLayers({ layers }: VisionEncoder, { selectLayers }: ImageManifest, { file, layout }: Manifest): void {
  const outside = selectLayers.find((layer) => layer < -layers - 1 || layer > layers)
  if (outside === undefined) return
  const key = layout === "original" ? "mm_vision_select_layer" : "vision_feature_layer"
  throw new ModelError(`${file}: ${key} is ${outside}, and the image encoder has ${layers} layers.`, {
    code: "config-invalid",
    fix: `Layers go from ${-layers - 1} to ${layers}; compare config.json with the model's source.`,
  })
}
