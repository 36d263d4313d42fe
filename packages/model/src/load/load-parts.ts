import type { ImageSpec } from "@llava/core"
import type { Device } from "@llava/tensor"
import type { LanguageModel } from "../contract/language-model.ts"
import type { Projector } from "../contract/projector.ts"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import { findParts, type PartSources } from "./find-parts.ts"
import type { LoadOptions } from "./load-options.ts"
import { loadPending } from "./load-pending.ts"
import type { Manifest } from "./manifest.ts"
import type { ModelFolder } from "./model-folder.ts"
import { openModelFolder } from "./open-model-folder.ts"
import { readManifest } from "./read-manifest.ts"

/** As `LoadOptions`, on a device that is already open. */
export interface LoadPartsOptions extends Omit<LoadOptions, "template" | "tokenizer"> {
  device: Device
}

/** The parts of a model folder with their weights on the GPU, and what the folder says about putting them together. */
export interface LoadedParts {
  readonly encoder: VisionEncoder | undefined
  readonly projector: Projector | undefined
  readonly languageModel: LanguageModel
  readonly manifest: Manifest
  /** What preprocessor_config.json states, where there is one. */
  readonly imageSpec: ImageSpec | undefined
  readonly sources: PartSources
}

/**
 * Loads the parts of a folder without tokenizer and template, to compose, train or measure them. The caller disposes
 * the parts; the device stays the caller's.
 */
export async function loadParts(path: string | ModelFolder, options: LoadPartsOptions): Promise<LoadedParts> {
  const folder = typeof path === "string" ? await openModelFolder(path) : path
  const manifest = await readManifest(folder)
  await using found = await findParts(folder, manifest, options.device, options)
  await loadPending(options.device, found.pending, options)
  const { encoder, projector, languageModel, imageSpec, sources } = found
  return { encoder, projector, languageModel, manifest, imageSpec, sources }
}
