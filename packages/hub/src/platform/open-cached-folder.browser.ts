import {
  blobSource,
  type Checkpoint,
  openCheckpointSource,
  openSafetensorsIndex,
  openTorchIndex,
} from "@llava/checkpoint"
import type { ModelFolder } from "@llava/model"
import { OpenModelError } from "../open-model-error.ts"

/** A snapshot in the Cache Storage as a model folder. */
export async function openCachedFolder(
  snapshot: string,
  { cacheDir, files }: { cacheDir: string; files: readonly string[] },
): Promise<ModelFolder> {
  const blobOf = async (file: string): Promise<Blob> => {
    const path = file.split("/").map(encodeURIComponent).join("/")
    const response = await (await caches.open(cacheDir)).match(`${snapshot}/${path}`)
    if (response) return response.blob()
    throw new OpenModelError(`${file} is not in the browser's cache any more.`, {
      code: "file-missing",
      fix: "Open the model again.",
    })
  }
  const source = async (file: string) => blobSource(await blobOf(file), file)
  return {
    name: snapshot,
    files,
    read: async (file) => new Uint8Array(await (await blobOf(file)).arrayBuffer()),
    openWeights: async (file): Promise<Checkpoint> =>
      file === undefined ? openWeights(files, source) : openCheckpointSource(await source(file)),
    related: async () => undefined,
  }
}

type Source = (file: string) => Promise<ReturnType<typeof blobSource>>

async function openWeights(files: readonly string[], source: Source): Promise<Checkpoint> {
  const index = files.find((file) => file.endsWith(".index.json"))
  if (index?.endsWith(".bin.index.json")) return openTorchIndex(await source(index), source)
  if (index) return openSafetensorsIndex(await source(index), source)
  const weights = files.find((file) => /\.(safetensors|bin|gguf)$/i.test(file) && !/mmproj/i.test(file))
  if (weights) return openCheckpointSource(await source(weights))
  throw new OpenModelError("The model has no weights.", { code: "no-weights" })
}
