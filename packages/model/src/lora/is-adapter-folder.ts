import type { ModelFolder } from "../load/model-folder.ts"
import { adapterFiles } from "./adapter-files.ts"

/** Whether a folder holds an adapter instead of a model. */
export function isAdapterFolder({ files }: Pick<ModelFolder, "files">): boolean {
  const hasModel = files.some((file) => /^(model|pytorch_model).*\.(safetensors|bin)$|\.gguf$/i.test(file))
  return files.includes(adapterFiles.config) && !hasModel
}
