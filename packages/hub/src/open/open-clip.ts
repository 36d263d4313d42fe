import { type Clip, type LoadClipOptions, loadClip } from "@llava/clip"
import type { HubOptions } from "../hub-options.ts"
import { OpenModelError } from "../open-model-error.ts"
import type { OpenProgress } from "../open-progress.ts"
import { locateModel } from "./locate-model.ts"

export interface OpenClipOptions extends HubOptions, Omit<LoadClipOptions, "onProgress" | "signal"> {
  onProgress?: (progress: OpenProgress) => void
}

/**
 * Opens a CLIP for zero-shot classification: an existing folder, a known name (`clip-vit-base-32`) or a hub id, as
 * `openModel` does.
 */
export async function openClip(nameOrPath: string, options: OpenClipOptions = {}): Promise<Clip> {
  const { device, dtype, tokenizer, onProgress, ...hub } = options
  const { folder, gguf } = await locateModel(nameOrPath, { ...hub, ...(onProgress && { onProgress }) })
  if (gguf) {
    await gguf.checkpoint[Symbol.asyncDispose]()
    throw new OpenModelError(`${nameOrPath} is a GGUF file; CLIP is read from folders in Hugging Face's layout.`, {
      code: "unsupported-file",
      fix: "Use for example openai/clip-vit-base-patch32.",
    })
  }
  return loadClip(folder, {
    ...(device && { device }),
    ...(dtype !== undefined && { dtype }),
    ...(tokenizer && { tokenizer }),
    ...(hub.signal && { signal: hub.signal }),
    ...(onProgress && {
      onProgress: (bytes: { loadedBytes: number; totalBytes: number }) => onProgress({ stage: "load", ...bytes }),
    }),
  })
}
