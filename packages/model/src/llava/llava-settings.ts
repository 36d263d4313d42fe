import type { ImageAspectRatio, ImageSpec, Template, Tokenizer } from "@llava/core"
import type { Device } from "@llava/tensor"
import type { LanguageModel } from "../contract/language-model.ts"
import type { Projector } from "../contract/projector.ts"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import type { ImageDomain } from "../domain/image-domain.ts"
import type { ModelSource } from "../load/model-source.ts"

/** The parts of a LLaVA and how they are put together. Without encoder and projector it is a language model alone. */
export interface LlavaOptions {
  device: Device
  /** Close the device with the model. Default false. */
  closesDevice?: boolean
  encoder?: VisionEncoder | undefined
  projector?: Projector | undefined
  languageModel: LanguageModel
  tokenizer: Tokenizer
  template: Template
  /** Hidden states of the encoder, joined. Default `[-2]`. */
  selectLayers?: readonly number[]
  /** Default `patch`. */
  selectFeature?: "patch" | "cls_patch"
  /** How pixels are prepared, where that differs from what the encoder states (preprocessor_config.json). */
  imageSpec?: ImageSpec | undefined
  /** Default `square`. */
  imageAspectRatio?: ImageAspectRatio
  /** Each image stands between `<im_start>` and `<im_end>` (the first LLaVA). */
  imageStartEnd?: boolean
  /** The tokenizer's own image token, where it has one (Hugging Face models). */
  imageTokenId?: number | undefined
  /** Ids that end an answer. Default: the tokenizer's end-of-sequence. */
  endTokenIds?: readonly number[]
  /**
   * Longest prompt, and the length at which rows for training are cut. Default: the language model's context, to whose
   * end an answer may go on in any case.
   */
  maxLength?: number | undefined
  /** Which pictures the model knows, where that is known. */
  imageDomain?: ImageDomain | undefined
  /** Where the parts came from; `saveLlava` needs it. */
  source?: ModelSource | undefined
}
