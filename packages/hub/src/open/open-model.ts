import type { Template, Tokenizer } from "@llava/core"
import { type Llava, loadGguf, loadLlava, type ModelFolder, type Part, type WeightDType } from "@llava/model"
import type { Device } from "@llava/tensor"
import { defaultParts } from "../default-parts.ts"
import type { HubOptions } from "../hub-options.ts"
import { OpenModelError } from "../open-model-error.ts"
import type { OpenProgress } from "../open-progress.ts"
import { type LocatedModel, locateModel } from "./locate-model.ts"
import { openTokenizer } from "./open-tokenizer.ts"

export interface OpenModelOptions extends HubOptions {
  /** Opened, and closed with the model, unless given. */
  device?: Device
  /** Parts besides the default ones; of two for one model type the later is taken. */
  parts?: readonly Part[]
  /** Default `auto`: weights as the file has them. */
  dtype?: WeightDType
  /** A published template's name or a template, where the model states none or another is wanted. */
  template?: string | Template
  /** A tokenizer, or the path of its folder or file, where the model has none. */
  tokenizer?: string | Tokenizer
  /** llama.cpp's `mmproj` file for a GGUF language model: path, or `org/name/file.gguf` on the hub. */
  mmproj?: string
  /** The language model that delta weights or a projector alone belong to: path, known name or hub id. */
  base?: string
  onProgress?: (progress: OpenProgress) => void
}

/**
 * Opens a model: an existing path (a folder or a .gguf file) wins, then `nano` (the package `@llava/nano`, in Node), then
 * a known name (`knownModels`), then a hub id (`org/name`, `org/name@revision`, `org/name/file.gguf`), which is downloaded
 * into the cache. What only its config names, the image encoder of an original LLaVA, is fetched too.
 *
 * Errors carry a `code` and say what would do: "model-not-found", "nano-not-installed", "unsupported-file",
 * "option-unused", "template-missing", those of downloads (`HubError`), of files (`CheckpointError`) and of loading
 * (`ModelError`).
 */
export async function openModel(nameOrPath: string, options: OpenModelOptions = {}): Promise<Llava> {
  const { device, parts = [], dtype, template, tokenizer, mmproj, base, onProgress, ...hub } = options
  const { revision: _, ...others } = hub
  const progress = onProgress && { onProgress }
  const found = await locateModel(nameOrPath, { ...hub, ...progress })
  await using files = new AsyncDisposableStack()
  if (found.gguf) files.use(found.gguf.checkpoint)
  const find = async (name: string, what: string): Promise<ModelFolder> =>
    (await locateModel(name, { ...others, ...progress, what })).folder
  const chosen = template ?? found.known?.template
  const load = {
    parts: [...defaultParts, ...parts],
    findFolder: (name: string) => find(name, "image encoder"),
    ...(device && { device }),
    ...(dtype !== undefined && { dtype }),
    ...(chosen !== undefined && { template: chosen }),
    ...(tokenizer !== undefined && {
      tokenizer: typeof tokenizer === "string" ? await openTokenizer(tokenizer) : tokenizer,
    }),
    ...(onProgress && {
      onProgress: (bytes: { loadedBytes: number; totalBytes: number }) => onProgress({ stage: "load", ...bytes }),
    }),
    ...(hub.signal && { signal: hub.signal }),
  }
  if (!found.gguf) {
    if (mmproj !== undefined)
      throw notForThis("mmproj", nameOrPath, "which is no GGUF file and has image parts of its own")
    return await loadLlava(found.folder, {
      ...load,
      ...(base !== undefined && { base: await find(base, "base model") }),
    })
  }
  if (base !== undefined) throw notForThis("base", nameOrPath, "a GGUF file, which holds no difference")
  const projector = await openMmproj(found.gguf, mmproj, { ...others, ...progress })
  if (projector) files.use(projector.checkpoint)
  return await loadGguf(
    { name: found.gguf.name, languageModel: found.gguf.checkpoint, ...(projector && { mmproj: projector }) },
    load,
  )
}

async function openMmproj(
  gguf: NonNullable<LocatedModel["gguf"]>,
  asked: string | undefined,
  hub: Parameters<typeof locateModel>[1],
) {
  if (asked === undefined) {
    return gguf.mmproj && { name: gguf.mmproj.name, checkpoint: await gguf.mmproj.open() }
  }
  const found = await locateModel(asked, { ...hub, what: "mmproj file" })
  return { name: asked, checkpoint: found.gguf?.checkpoint ?? (await found.folder.openWeights()) }
}

/** An option that would be passed over in silence. */
function notForThis(option: string, model: string, why: string): OpenModelError {
  return new OpenModelError(`${option} does not go with ${model}, ${why}.`, {
    code: "option-unused",
    fix: `Leave ${option} out, or open the model that it belongs to.`,
  })
}
