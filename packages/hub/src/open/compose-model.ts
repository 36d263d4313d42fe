import type { Template } from "@llava/core"
import { composeLlava, growVocabulary, type Llava, newProjector } from "@llava/model"
import { defaultParts } from "../default-parts.ts"
import { openEncoder } from "./open-encoder.ts"
import { type OpenModelOptions, openModel } from "./open-model.ts"

export interface ComposeModelOptions extends Omit<OpenModelOptions, "template" | "mmproj" | "revision"> {
  /**
   * Path, known name or hub id of an image encoder, such as a CLIP. A `.json` file is the config of a new one, of that
   * shape, which has learned nothing yet.
   */
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
  /**
   * Pictures stand between `<im_start>` and `<im_end>`, as in the first LLaVA (`mm_use_im_start_end`). A language model
   * without these tokens gets them, with embeddings that begin as the mean of the others. Default false.
   */
  imageStartEnd?: boolean
  /** Decides what the projector, and a new encoder, begin with. Default 0. */
  seed?: number
}

/**
 * Composes a new LLaVA of an image encoder and a language model, which are found as `openModel` finds models, and a
 * projector that has learned nothing yet. Errors: those of `openModel`, and "no-encoder" for a folder of a GGUF file.
 */
export async function composeModel(options: ComposeModelOptions): Promise<Llava> {
  const { encoder, languageModel, projector = "mlp2x_gelu", selectLayers = [-2] } = options
  const { selectFeature, imageStartEnd = false, seed } = options
  const parts = [...defaultParts, ...(options.parts ?? [])]
  await using onFailure = new AsyncDisposableStack()
  const base = onFailure.use(await openBase(languageModel, imageStartEnd ? ["<im_start>", "<im_end>"] : [], options))
  const { device, hiddenSize } = { device: base.device, hiddenSize: base.languageModel.hiddenSize }
  const vision = await openEncoder(encoder, { ...options, device, parts })
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
    imageStartEnd,
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

/** The language model, with some tokens more. */
async function openBase(name: string, tokens: readonly string[], options: OpenModelOptions): Promise<Llava> {
  await using onFailure = new AsyncDisposableStack()
  const opened = onFailure.use(await openModel(name, options))
  const grown = await growVocabulary(opened, tokens, { parts: [...defaultParts, ...(options.parts ?? [])] })
  onFailure.move()
  return grown
}
