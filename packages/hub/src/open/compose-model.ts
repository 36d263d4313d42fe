import type { Template } from "@llava/core"
import { composeLlava, type Llava, loadEncoder, newProjector } from "@llava/model"
import { defaultParts } from "../default-parts.ts"
import { OpenModelError } from "../open-model-error.ts"
import { locateModel } from "./locate-model.ts"
import { type OpenModelOptions, openModel } from "./open-model.ts"

export interface ComposeModelOptions extends Omit<OpenModelOptions, "template" | "mmproj" | "revision"> {
  /** Path, known name or hub id of an image encoder, such as a CLIP. */
  encoder: string
  /** Path, known name or hub id of a language model; of a LLaVA, its language model is taken. */
  languageModel: string
  /** The type of the projector between them. Default `mlp2x_gelu`. */
  projector?: string
  /** A published template's name or a template; the language model's own chat template unless given. */
  template?: string | Template
  /** Hidden states of the encoder that the projector sees. Default `[-2]`. */
  selectLayers?: readonly number[]
  /** Whether the class token is dropped (`patch`, the default) or kept. */
  selectFeature?: "patch" | "cls_patch"
  /** Decides what the projector begins with. Default 0. */
  seed?: number
}

/**
 * Composes a new LLaVA of an image encoder and a language model, which are found as `openModel` finds models, and a
 * projector that has learned nothing yet. Errors: those of `openModel`, and "no-encoder" for a folder of a GGUF file.
 */
export async function composeModel(options: ComposeModelOptions): Promise<Llava> {
  const { encoder, languageModel, projector = "mlp2x_gelu", selectLayers = [-2], selectFeature, seed } = options
  const { onProgress, signal, parts: own = [], dtype, device: _, ...others } = options
  const parts = [...defaultParts, ...own]
  await using onFailure = new AsyncDisposableStack()
  const base = onFailure.use(await openModel(languageModel, options))
  const { device, hiddenSize } = { device: base.device, hiddenSize: base.languageModel.hiddenSize }
  const found = await locateModel(encoder, {
    ...hubOf(others),
    what: "image encoder",
    ...(onProgress && { onProgress }),
  })
  if (found.gguf) throw await notAnEncoder(encoder, found.gguf.checkpoint)
  const vision = await loadEncoder(found.folder, {
    ...{ device, parts },
    ...(dtype !== undefined && !dtype.startsWith("q") && { dtype }),
    ...(onProgress && { onProgress: (bytes) => onProgress({ stage: "load", ...bytes }) }),
    ...(signal && { signal }),
  })
  onFailure.use(vision.encoder)
  const featureSize = vision.encoder.featureSize * selectLayers.length
  const made = await newProjector(projector, {
    device,
    parts,
    featureSize,
    hiddenSize,
    ...(seed !== undefined && { seed }),
  })
  const { source } = base.options
  base.encoder?.[Symbol.dispose]()
  base.projector?.[Symbol.dispose]()
  const model = composeLlava({
    ...base.options,
    encoder: vision.encoder,
    projector: made.projector,
    selectLayers,
    ...(selectFeature && { selectFeature }),
    imageSpec: vision.imageSpec,
    imageAspectRatio: "square",
    imageStartEnd: false,
    imageTokenId: base.tokenizer.tokenId("<image>"),
    source: source && {
      // A LLaVA's folder has files of its own encoder beside those of its language model.
      folder: base.encoder ? undefined : source.folder,
      tokenizerFolder: source.tokenizerFolder,
      languageModel: source.languageModel,
      encoder: vision.source,
      projector: made.source,
    },
  })
  onFailure.move()
  return model
}

function hubOf({ cacheDir, endpoint, token, offline }: Omit<ComposeModelOptions, "parts" | "dtype" | "device">) {
  return {
    ...(cacheDir !== undefined && { cacheDir }),
    ...(endpoint !== undefined && { endpoint }),
    ...(token !== undefined && { token }),
    ...(offline !== undefined && { offline }),
  }
}

async function notAnEncoder(name: string, checkpoint: AsyncDisposable): Promise<OpenModelError> {
  await checkpoint[Symbol.asyncDispose]()
  return new OpenModelError(`${name} is a GGUF file; image encoders are read from folders in Hugging Face's layout.`, {
    code: "unsupported-file",
    fix: "Use for example openai/clip-vit-large-patch14-336.",
  })
}
