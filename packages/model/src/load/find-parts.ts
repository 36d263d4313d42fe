import type { ImageSpec } from "@llava/core"
import type { Device } from "@llava/tensor"
import type { LanguageModel } from "../contract/language-model.ts"
import type { LanguageModelPart } from "../contract/part.ts"
import type { Projector } from "../contract/projector.ts"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import { findEncoder } from "./find-encoder.ts"
import { findLanguageModel } from "./find-language-model.ts"
import { findProjector } from "./find-projector.ts"
import type { LoadOptions } from "./load-options.ts"
import type { PendingModule } from "./load-pending.ts"
import type { Manifest } from "./manifest.ts"
import type { ModelFolder } from "./model-folder.ts"
import { openModelWeights } from "./open-model-weights.ts"
import type { PartSource } from "./part-source.ts"

/** The parts of a folder, built and found to have all their weights, which are still in their files. */
export interface FoundParts extends AsyncDisposable {
  readonly encoder: VisionEncoder | undefined
  readonly projector: Projector | undefined
  readonly languageModel: LanguageModel
  readonly languageModelPart: LanguageModelPart
  /** What preprocessor_config.json states, where there is one. */
  readonly imageSpec: ImageSpec | undefined
  /** It says that pictures are padded to squares. */
  readonly pads: boolean
  readonly pending: readonly PendingModule[]
  readonly sources: PartSources
}

/** Where each part came from. */
export interface PartSources {
  readonly encoder?: PartSource | undefined
  readonly projector?: PartSource | undefined
  readonly languageModel: PartSource
}

/** Builds the parts that a folder asks for and finds their weights. Dispose it once these are loaded. */
export async function findParts(
  folder: ModelFolder,
  manifest: Manifest,
  device: Device,
  options: LoadOptions,
): Promise<FoundParts> {
  const files = new AsyncDisposableStack()
  try {
    const weights = files.use(await openModelWeights(folder, manifest, options))
    const language = await findLanguageModel(manifest, weights, device, options)
    const { image } = manifest
    const encoder =
      image && (await findEncoder(folder, manifest, image, weights.parts["vision-encoder"], device, options))
    if (encoder?.checkpoint) files.use(encoder.checkpoint)
    const projector =
      image && encoder
        ? await findProjector(
            manifest,
            image,
            weights,
            encoder.encoder,
            language.languageModel.hiddenSize,
            device,
            options,
          )
        : undefined
    return {
      encoder: encoder?.encoder,
      projector: projector?.projector,
      languageModel: language.languageModel,
      languageModelPart: language.part,
      imageSpec: encoder?.imageSpec,
      pads: encoder?.pads ?? false,
      pending: [language, encoder, projector].flatMap((part) => (part ? [part.pending] : [])),
      sources: { languageModel: language.source, encoder: encoder?.source, projector: projector?.source },
      [Symbol.asyncDispose]: () => files.disposeAsync(),
    }
  } catch (error) {
    await files.disposeAsync()
    throw error
  }
}
