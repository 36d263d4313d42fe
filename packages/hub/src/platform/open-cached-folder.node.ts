import { type ModelFolder, openModelFolder } from "@llava/model"

/** A snapshot of the hub cache as a model folder. */
export async function openCachedFolder(
  snapshot: string,
  _options: { cacheDir: string; files: readonly string[] },
): Promise<ModelFolder> {
  return openModelFolder(snapshot)
}
