import type { Tokenizer } from "@llava/core"
import {
  type LoadProgress,
  loadModule,
  ModelError,
  type ModelFolder,
  openModelFolder,
  parsePartConfig,
  readImageProcessor,
  readJson,
  type WeightDType,
} from "@llava/model"
import { type Device, openDevice } from "@llava/tensor"
import { ClipModel } from "../clip-model.ts"
import { clipConfigSchema } from "../config/clip-config.ts"
import { loadClipTokenizerFiles } from "../tokenizer/load-clip-tokenizer-files.ts"
import { Clip } from "./clip.ts"

/** As for other models; everything has a default. */
export interface LoadClipOptions {
  /** Opened, and closed with the model, unless given. */
  device?: Device
  /** Default `auto`: as the file has it. */
  dtype?: WeightDType
  /** Needed where the folder has none. */
  tokenizer?: Tokenizer
  onProgress?: (progress: LoadProgress) => void
  signal?: AbortSignal
}

/**
 * Loads a CLIP with both towers from a folder in Hugging Face's layout. Errors: "config-missing",
 * "unknown-model-type" where it is something else, "no-tokenizer", and those of loading weights.
 */
export async function loadClip(path: string | ModelFolder, options: LoadClipOptions = {}): Promise<Clip> {
  const folder = typeof path === "string" ? await openModelFolder(path) : path
  const file = `${folder.name}/config.json`
  const found = await readJson(folder, "config.json")
  if (!found) throw new ModelError(`${folder.name} has no config.json.`, { code: "config-missing" })
  if (found["model_type"] !== "clip") {
    throw new ModelError(`${file}: model_type is '${found["model_type"]}', not 'clip'.`, {
      code: "unknown-model-type",
      fix: "Zero-shot classification needs a CLIP with both towers.",
    })
  }
  const config = await parsePartConfig(clipConfigSchema, found, file)
  const tokenizer =
    options.tokenizer ??
    (await loadClipTokenizerFiles(new Map(folder.files.map((name) => [name, () => folder.read(name)]))))
  const device = options.device ?? (await openDevice())
  await using onFailure = new AsyncDisposableStack()
  if (!options.device) onFailure.use(device)
  await using checkpoint = await folder.openWeights()
  const model = new ClipModel(config)
  await loadModule("CLIP", model, checkpoint.tensors, { ...options, device, keys: withoutBuffers })
  const imageSpec = (await readImageProcessor(folder))?.spec ?? model.vision_model.image
  onFailure.move()
  return new Clip({ device, closesDevice: !options.device, model, tokenizer, imageSpec })
}

/** Published torch files carry the positions 0, 1, 2, ... as tensors. */
function withoutBuffers(name: string): string | undefined {
  return name.endsWith("position_ids") ? undefined : name
}
