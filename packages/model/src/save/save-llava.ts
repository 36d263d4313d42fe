import { type TensorToWrite, type WrittenSafetensors, writeFilesAtomically, writeSafetensors } from "@llava/checkpoint"
import { makeFolder } from "#platform/make-folder"
import type { Llava } from "../llava/llava.ts"
import type { ModelSource } from "../load/model-source.ts"
import { ModelError } from "../model-error.ts"
import { configJson } from "./config-json.ts"
import { savedConfig } from "./saved-config.ts"
import { savedFiles } from "./saved-files.ts"
import { type SavedDType, savedTensors } from "./saved-tensors.ts"

/** In what form a model is saved. */
export interface SaveOptions {
  /** Tensor bytes per file. Default 5 GB, as transformers. */
  maxShardBytes?: number
  /** Default: each tensor as its file had it; quantised ones as F16, new ones as the GPU has them. */
  dtype?: SavedDType
  onProgress?: (progress: { writtenBytes: number; totalBytes: number }) => void
  signal?: AbortSignal
}

/**
 * Saves a model as a folder that this library and transformers (`LlavaForConditionalGeneration`, `LlamaForCausalLM`)
 * read. A model from a Hugging Face folder keeps its config, tensor names and dtypes; others are written in that layout.
 * A linear projector gets a second layer that changes nothing; deeper ones than two layers only this library reads.
 * Tokenizer, generation and image processor files are copied from where the model came from; a tokenizer that was
 * passed in has no files: put them there. Low-rank adapters are merged into what is written. Weights are streamed from
 * the GPU; config.json comes last, so that an interrupted save is no model.
 *
 * Errors: "source-missing" for a composed model without `source`, and those of writing files.
 */
export async function saveLlava(model: Llava, folder: string, options: SaveOptions = {}): Promise<WrittenSafetensors> {
  const { source } = model.options
  if (!source) {
    throw new ModelError("This model does not know where its parts came from.", {
      code: "source-missing",
      fix: "Pass `source`, with the config of each part, to composeLlava.",
    })
  }
  const { maxShardBytes = 5e9, dtype, onProgress, signal } = options
  const config = savedConfig(model, source, dtype)
  const sourceTexts = await configTexts(source)
  const files = await savedFiles(model, source)
  const tensors: TensorToWrite[] = [...savedTensors(model, source, dtype)]
  await makeFolder(folder)
  const written = await writeSafetensors(`${folder}/model.safetensors`, tensors, {
    maxShardBytes,
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  })
  files.set("config.json", new TextEncoder().encode(configJson(config, sourceTexts)))
  await writeFilesAtomically(
    [...files].map(([name, bytes]) => ({ path: `${folder}/${name}`, write: (file) => file.write(bytes) })),
  )
  return written
}

async function configTexts({ folder, encoder }: ModelSource): Promise<string[]> {
  const folders = [folder, encoder?.folder].filter((from) => from?.files.includes("config.json"))
  return Promise.all(folders.map(async (from) => new TextDecoder().decode(await from!.read("config.json"))))
}
