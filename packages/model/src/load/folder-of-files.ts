import { ModelError } from "../model-error.ts"
import type { ModelFolder } from "./model-folder.ts"

/** Files that are made when they are read, as a folder. */
export function folderOfFiles(name: string, files: ReadonlyMap<string, () => Promise<Uint8Array>>): ModelFolder {
  return {
    name,
    files: [...files.keys()],
    async read(file) {
      const made = await files.get(file)?.()
      if (made) return made
      throw new ModelError(`${name} has no ${file}.`, { code: "file-missing" })
    },
    openWeights: () =>
      Promise.reject(new ModelError(`${name} has no weights beside its tokenizer.`, { code: "file-missing" })),
    related: () => Promise.resolve(undefined),
  }
}
