import { decodeImage, type ImageInput, type ImageSpec, normalizeImage, prepareImage, type Tokenizer } from "@llava/core"
import { ModelError } from "@llava/model"
import { type Device, Tensor } from "@llava/tensor"
import type { ClipModel } from "../clip-model.ts"
import { clipTextInputs } from "../tokenizer/clip-text-inputs.ts"
import { averageUnitVectors } from "./average-unit-vectors.ts"
import { zeroShotProbabilities } from "./zero-shot-probabilities.ts"

/** A model and what prepares its inputs; `loadClip` puts them together. */
export interface ClipOptions {
  device: Device
  /** Close the device with the model. */
  closesDevice: boolean
  model: ClipModel
  tokenizer: Tokenizer
  imageSpec: ImageSpec
}

/** Pictures and the labels to choose from. */
export interface ZeroShotOptions {
  images: readonly ImageInput[]
  labels: readonly string[]
  /** Prompts around a label, `{}` standing for it; their embeddings are averaged. Default `a photo of a {}.` */
  templates?: readonly string[]
  signal?: AbortSignal
}

/** Rows of text or images that are computed together. */
const BATCH = 32

/** A loaded CLIP (Radford et al. 2021): embeddings of pictures and texts, and classification without training. */
export class Clip implements AsyncDisposable {
  readonly device: Device
  readonly model: ClipModel
  readonly tokenizer: Tokenizer
  readonly imageSpec: ImageSpec
  readonly #closesDevice: boolean

  constructor({ device, closesDevice, model, tokenizer, imageSpec }: ClipOptions) {
    this.device = device
    this.model = model
    this.tokenizer = tokenizer
    this.imageSpec = imageSpec
    this.#closesDevice = closesDevice
  }

  /** Unit vectors, one per image. */
  async embedImages(images: readonly ImageInput[], signal?: AbortSignal): Promise<Float32Array[]> {
    const { imageSpec: spec, device, model } = this
    const vectors: Float32Array[] = []
    for (const image of images) {
      signal?.throwIfAborted()
      const prepared = prepareImage(await decodeImage(image, signal ? { signal } : {}), spec, "square")
      const pixels = normalizeImage(prepared, spec)
      using embedded = this.#embed(() =>
        model.embedImages(Tensor.from(device, pixels, [1, 3, prepared.height, prepared.width])),
      )
      vectors.push((await embedded.read()) as Float32Array)
    }
    return vectors
  }

  /** Unit vectors, one per text. Longer texts than the model takes are cut, as CLIP does. */
  async embedTexts(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const { device, model, tokenizer } = this
    const length = model.text_model.maxTokens
    const vectors: Float32Array[] = []
    for (let first = 0; first < texts.length; first += BATCH) {
      signal?.throwIfAborted()
      const inputs = clipTextInputs(tokenizer, texts.slice(first, first + BATCH), { length })
      const rows = Array.from({ length: inputs.texts }, (_, row) => [
        ...inputs.ids.subarray(row * length, (row + 1) * length),
      ])
      using embedded = this.#embed(() => model.embedText(device, rows)) // [rows, projectionDim]
      const values = (await embedded.read()) as Float32Array
      const size = embedded.shape[1]!
      for (let row = 0; row < inputs.texts; row++) vectors.push(values.slice(row * size, (row + 1) * size))
    }
    return vectors
  }

  /**
   * How likely each label is for each image: per image one probability per label, in the labels' order. Errors:
   * "zero-shot-labels" without labels or with a template that has no `{}`.
   */
  async zeroShot({ images, signal, ...classes }: ZeroShotOptions): Promise<number[][]> {
    return this.classify(images, await this.embedLabels({ ...classes, ...(signal && { signal }) }), signal)
  }

  /**
   * A unit vector per label, the mean of its prompts: computed once, for any number of calls of `classify`. Errors:
   * "zero-shot-labels".
   */
  async embedLabels({
    labels,
    templates = ["a photo of a {}."],
    signal,
  }: Omit<ZeroShotOptions, "images">): Promise<Float32Array[]> {
    const without = templates.find((template) => !template.includes("{}"))
    if (labels.length === 0 || templates.length === 0 || without !== undefined) {
      throw new ModelError(
        without === undefined ? "There are no labels or no templates." : `The template '${without}' has no {}.`,
        { code: "zero-shot-labels", fix: "Give labels, and templates such as 'a photo of a {}.'." },
      )
    }
    const prompts = labels.flatMap((label) => templates.map((template) => template.replaceAll("{}", label)))
    const texts = await this.embedTexts(prompts, signal)
    return labels.map((_, index) =>
      averageUnitVectors(texts.slice(index * templates.length, (index + 1) * templates.length)),
    )
  }

  /** How likely each of the labels that `embedLabels` has embedded is for each image. */
  async classify(
    images: readonly ImageInput[],
    labels: readonly Float32Array[],
    signal?: AbortSignal,
  ): Promise<number[][]> {
    const scale = Math.exp((await this.model.logit_scale.tensor.read())[0]!)
    const vectors = await this.embedImages(images, signal)
    return vectors.map((image) => zeroShotProbabilities(image, labels, scale))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.model[Symbol.dispose]()
    if (this.#closesDevice) await this.device[Symbol.asyncDispose]()
  }

  #embed(compute: () => Tensor): Tensor {
    using scope = this.device.scope()
    return scope.keep(compute())
  }
}
