import { type LoadedEncoder, loadEncoder, newEncoder, type Part, type WeightDType } from "@llava/model"
import type { Device } from "@llava/tensor"
import { pathKind, readLocalFile } from "#platform/local-files"
import type { HubOptions } from "../hub-options.ts"
import { OpenModelError } from "../open-model-error.ts"
import type { OpenProgress } from "../open-progress.ts"
import { locateModel } from "./locate-model.ts"

export interface OpenEncoderOptions extends Omit<HubOptions, "revision"> {
  device: Device
  parts: readonly Part[]
  dtype?: WeightDType
  /** Of a new encoder. */
  seed?: number
  onProgress?: (progress: OpenProgress) => void
}

/**
 * The image encoder of a path, a known name or a hub id; or a new one, where the path is that of a `.json` file, its
 * config. Errors: "json-invalid", "unsupported-file", those of `locateModel`, `loadEncoder` and `newEncoder`.
 */
export async function openEncoder(name: string, options: OpenEncoderOptions): Promise<LoadedEncoder> {
  const { device, parts, dtype, seed, onProgress, cacheDir, endpoint, token, offline, signal } = options
  if (/\.json$/i.test(name) && (await pathKind(name)) === "file") {
    return newEncoder(await readConfig(name), { device, parts, file: name, ...(seed !== undefined && { seed }) })
  }
  const found = await locateModel(name, {
    what: "image encoder",
    ...(cacheDir !== undefined && { cacheDir }),
    ...(endpoint !== undefined && { endpoint }),
    ...(token !== undefined && { token }),
    ...(offline !== undefined && { offline }),
    ...(onProgress && { onProgress }),
  })
  if (found.gguf) throw await notAnEncoder(name, found.gguf.checkpoint)
  return loadEncoder(found.folder, {
    ...{ device, parts },
    ...(dtype !== undefined && !dtype.startsWith("q") && { dtype }),
    ...(onProgress && { onProgress: (bytes) => onProgress({ stage: "load", ...bytes }) }),
    ...(signal && { signal }),
  })
}

async function readConfig(path: string): Promise<Record<string, unknown>> {
  const text = new TextDecoder().decode(await readLocalFile(path))
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (cause) {
    throw notAConfig(path, cause instanceof Error ? cause.message : String(cause))
  }
  throw notAConfig(path, "it holds no object")
}

function notAConfig(path: string, why: string): OpenModelError {
  return new OpenModelError(`${path} is no config of an image encoder: ${why}.`, {
    code: "json-invalid",
    fix: "Write what the config.json of a CLIP says, or give a folder or a hub id.",
  })
}

async function notAnEncoder(name: string, checkpoint: AsyncDisposable): Promise<OpenModelError> {
  await checkpoint[Symbol.asyncDispose]()
  return new OpenModelError(`${name} is a GGUF file; image encoders are read from folders in Hugging Face's layout.`, {
    code: "unsupported-file",
    fix: "Use for example openai/clip-vit-large-patch14-336.",
  })
}
