import { downloadFromHub } from "@llava/checkpoint"
import type { ModelFolder } from "@llava/model"
import { defaultCacheDir } from "#platform/default-cache-dir"
import { openCachedFolder } from "#platform/open-cached-folder"
import type { HubOptions } from "../hub-options.ts"
import type { OpenProgress } from "../open-progress.ts"
import { chooseWeightFiles, isMetadataFile } from "./choose-hub-files.ts"
import type { HubId } from "./parse-hub-id.ts"

export interface DownloadModelOptions extends HubOptions {
  onProgress?: (progress: OpenProgress) => void
}

/**
 * Downloads what is needed of a model repository (configuration, tokenizer, and weights in one format), or takes it from
 * the cache, and opens it as a folder.
 */
export async function downloadModel(id: HubId, options: DownloadModelOptions): Promise<ModelFolder> {
  const { revision: asked = "main", onProgress, cacheDir = await defaultCacheDir(), ...rest } = options
  const { repo, file, revision = asked } = id
  const shared = {
    ...rest,
    repo,
    revision,
    cacheDir,
    onProgress: (progress: { file: string; overallReceived: number; overallTotal: number }) =>
      onProgress?.({
        stage: "download",
        loadedBytes: progress.overallReceived,
        totalBytes: progress.overallTotal,
        file: progress.file,
      }),
  }
  if (file !== undefined) {
    const snapshot = await downloadFromHub({ ...shared, files: [file] })
    return openCachedFolder(snapshot, { cacheDir, files: [file] })
  }
  const listed: string[] = []
  const isMetadata = (path: string) => {
    listed.push(path)
    return isMetadataFile(path)
  }
  const weightsOf = () => chooseWeightFiles(repo, [...new Set(listed)])
  // A repository of GGUF files alone may have no metadata at all, which is no reason to fail.
  const files = (path: string) => isMetadata(path) || /\.gguf$/i.test(path)
  await downloadFromHub({ ...shared, files: (path) => isMetadata(path) }).catch((error: unknown) => {
    if (!listed.some(files)) throw error
  })
  const weights = weightsOf()
  const metadata = listed.filter(isMetadataFile)
  const wanted = [...new Set([...metadata, ...weights])]
  const snapshot = await downloadFromHub({ ...shared, files: wanted })
  return openCachedFolder(snapshot, { cacheDir, files: wanted })
}
