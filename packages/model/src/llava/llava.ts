import type { ImageInput, Template, Tokenizer } from "@llava/core"
import type { Device, Parameter, Tensor } from "@llava/tensor"
import type { LanguageModel } from "../contract/language-model.ts"
import type { Projector } from "../contract/projector.ts"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import { summarizeImages } from "../domain/summarize-images.ts"
import { Generation, type GenerationResult } from "../generation/generation.ts"
import { ModelError } from "../model-error.ts"
import { type GenerateContext, generate } from "./generate.ts"
import { type GenerateBatchOptions, generateBatch } from "./generate-batch.ts"
import type { GenerateOptions } from "./generate-options.ts"
import { ImageFeatures } from "./image-features.ts"
import type { LlavaOptions } from "./llava-settings.ts"
import { PromptCache } from "./prompt-cache.ts"
import { type ScoreOptions, type ScoreResult, score } from "./score.ts"
import { type SplicedBatch, type SpliceRow, spliceBatch } from "./splice-batch.ts"

/**
 * A vision-language model made of three parts (Liu et al. 2023): an image encoder, a projector and a language model.
 * Made by `loadLlava` or `composeLlava`. Without an encoder it is the language model alone.
 */
export class Llava implements AsyncDisposable {
  readonly options: LlavaOptions
  /** What answers are made of, for engines that make them in another way. */
  readonly context: GenerateContext
  readonly #images: ImageFeatures | undefined
  readonly #promptCache: PromptCache

  constructor(options: LlavaOptions) {
    const { device, encoder, projector, languageModel, tokenizer } = options
    if ((encoder === undefined) !== (projector === undefined)) {
      throw new ModelError("An encoder and a projector belong together; only one of them was given.", {
        code: "parts",
      })
    }
    this.options = options
    this.#images =
      encoder && projector
        ? new ImageFeatures(device, encoder, projector, {
            selectLayers: options.selectLayers ?? [-2],
            selectFeature: options.selectFeature ?? "patch",
            imageAspectRatio: options.imageAspectRatio ?? "square",
            imageSpec: options.imageSpec ?? encoder.image,
          })
        : undefined
    this.#promptCache = new PromptCache(languageModel)
    const eos = tokenizer.eosTokenId
    this.context = {
      parts: options,
      images: this.#images,
      promptCache: this.#promptCache,
      // One token at least must have room after it.
      maxPrompt: Math.min(options.maxLength ?? languageModel.maxPositions, languageModel.maxPositions - 1),
      endTokenIds: new Set(options.endTokenIds ?? (eos === undefined ? [] : [eos])),
    }
  }

  get device(): Device {
    return this.options.device
  }

  get encoder(): VisionEncoder | undefined {
    return this.options.encoder
  }

  get projector(): Projector | undefined {
    return this.options.projector
  }

  get languageModel(): LanguageModel {
    return this.options.languageModel
  }

  get tokenizer(): Tokenizer {
    return this.options.tokenizer
  }

  get template(): Template {
    return this.options.template
  }

  /** All weights, by paths that begin with `encoder`, `projector` or `language_model`. */
  *namedParameters(): Generator<[path: string, parameter: Parameter]> {
    if (this.encoder) yield* this.encoder.namedParameters("encoder")
    if (this.projector) yield* this.projector.namedParameters("projector")
    yield* this.languageModel.namedParameters("language_model")
  }

  /** Tokens that one image takes in the language model; 0 without an encoder. */
  get tokensPerImage(): number {
    return this.#images?.tokensPerImage ?? 0
  }

  /**
   * Answers a conversation. Images are encoded once as long as they are remembered, and a conversation that continues
   * the last one is not computed again.
   */
  generate(options: GenerateOptions): Generation {
    return new Generation((emit, left) => {
      const signal = options.signal ? AbortSignal.any([options.signal, left]) : left
      return generate(this.context, options, emit, signal)
    })
  }

  /** Answers several conversations side by side, in one pass per token: faster than one after the other. */
  generateBatch(options: GenerateBatchOptions): Promise<GenerationResult[]> {
    return generateBatch(this.context, options)
  }

  /** Log-probabilities of given continuations, for choosing between them. */
  score(options: ScoreOptions): Promise<ScoreResult> {
    return score(this.context, options)
  }

  /**
   * How far a picture is from those that the model was trained on: 1 is the limit of what it knows. Undefined where its
   * folder does not say (`image_domain.safetensors`). Errors: those of decoding, the signal's reason.
   */
  async imageDistance(image: ImageInput, options: { signal?: AbortSignal } = {}): Promise<number | undefined> {
    const { imageDomain } = this.options
    if (!imageDomain || !this.encoder) return undefined
    const [summary] = await summarizeImages(this, [image], options)
    return imageDomain.distance(summary!)
  }

  /** Prepared pixels `[batch, 3, size, size]` -> projected features `[batch, tokensPerImage, hiddenSize]`. */
  encodeImages(pixels: Tensor): Tensor {
    if (this.#images) return this.#images.encode(pixels)
    throw new ModelError("This model has no image encoder.", { code: "no-encoder" })
  }

  /**
   * Rows of ids with image places, and features from `encodeImages`, to a padded batch for the language model. Rows are
   * cut at `maxLength`, or at the model's own limit where that is less.
   */
  splice(rows: readonly SpliceRow[], features?: Tensor, maxLength = Number.POSITIVE_INFINITY): SplicedBatch {
    const limit = Math.min(this.options.maxLength ?? maxLength, this.languageModel.maxPositions, maxLength)
    return spliceBatch(this.languageModel, this.device, rows, features, limit)
  }

  /** Drops the last conversation and the features of images: call it after weights have changed, between answers. */
  forget(): void {
    this.#promptCache.forget()
    this.#images?.forget()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#promptCache[Symbol.dispose]()
    this.#images?.[Symbol.dispose]()
    this.encoder?.[Symbol.dispose]()
    this.projector?.[Symbol.dispose]()
    this.languageModel[Symbol.dispose]()
    if (this.options.closesDevice) await this.device[Symbol.asyncDispose]()
  }
}
