import {
  decodeImage,
  type ImageAspectRatio,
  type ImageInput,
  type ImageSpec,
  normalizeImage,
  prepareImage,
} from "@llava/core"
import { concat, type Device, Tensor } from "@llava/tensor"
import type { Projector } from "../contract/projector.ts"
import type { VisionEncoder } from "../contract/vision-encoder.ts"

/** Images whose features stay on the GPU for the next turns. */
const KEPT_IMAGES = 8

export interface ImageFeatureOptions {
  selectLayers: readonly number[]
  selectFeature: "patch" | "cls_patch"
  imageAspectRatio: ImageAspectRatio
  imageSpec: ImageSpec
}

interface KeptImage {
  /** Distinguishes pictures in the prompt cache. */
  readonly key: number
  /** Prepared pixels: two inputs with the same ones are the same picture. */
  readonly pixels: Uint8Array
  readonly features: Tensor
}

/** Pictures to projected features, each encoded once as long as it is remembered. */
export class ImageFeatures implements Disposable {
  readonly #device: Device
  readonly #encoder: VisionEncoder
  readonly #projector: Projector
  readonly #options: ImageFeatureOptions
  #kept: KeptImage[] = []
  #count = 0

  constructor(device: Device, encoder: VisionEncoder, projector: Projector, options: ImageFeatureOptions) {
    this.#device = device
    this.#encoder = encoder
    this.#projector = projector
    this.#options = options
  }

  /** Tokens that one image takes in the language model. */
  get tokensPerImage(): number {
    return this.#projector.tokensOut(this.#encoder.tokens(this.#options.selectFeature))
  }

  /** Keys, in order, that are equal for equal pictures; their features can be fetched until other images come. */
  async load(images: readonly ImageInput[], signal?: AbortSignal): Promise<number[]> {
    const keys: number[] = []
    for (const image of images) {
      signal?.throwIfAborted()
      keys.push(await this.#load(image, signal))
    }
    this.#keepNeeded(keys)
    return keys
  }

  /** `[images, tokensPerImage, hiddenSize]` */
  features(keys: readonly number[]): Tensor {
    return concat(
      keys.map((key) => this.#kept.find((image) => image.key === key)!.features),
      0,
    )
  }

  /** Encodes and projects prepared pixels `[batch, 3, size, size]` -> `[batch, tokensPerImage, hiddenSize]`. */
  encode(pixels: Tensor): Tensor {
    using scope = this.#device.scope()
    const { selectLayers, selectFeature } = this.#options
    const features = this.#encoder.encode(pixels, { layers: selectLayers, feature: selectFeature })
    return scope.keep(this.#projector.project(features))
  }

  async #load(input: ImageInput, signal: AbortSignal | undefined): Promise<number> {
    const { imageSpec: spec } = this.#options
    const decoded = await decodeImage(input, signal ? { signal } : {})
    const prepared = prepareImage(decoded, spec, this.#options.imageAspectRatio)
    const known = this.#kept.find((image) => equalBytes(image.pixels, prepared.data))
    if (known) {
      this.#kept = [...this.#kept.filter((image) => image !== known), known]
      return known.key
    }
    using pixels = Tensor.from(this.#device, normalizeImage(prepared, spec), [1, 3, prepared.height, prepared.width])
    const features = this.encode(pixels).retain()
    const key = this.#count++
    this.#kept.push({ key, pixels: prepared.data, features })
    return key
  }

  #keepNeeded(needed: readonly number[]): void {
    const excess = this.#kept.length - Math.max(KEPT_IMAGES, needed.length)
    for (const image of this.#kept.slice(0, Math.max(0, excess))) {
      if (!needed.includes(image.key)) image.features.dispose()
    }
    this.#kept = this.#kept.filter((image, index) => index >= excess || needed.includes(image.key))
  }

  /** Lets the features of every picture go. */
  forget(): void {
    for (const image of this.#kept) image.features.dispose()
    this.#kept = []
  }

  [Symbol.dispose](): void {
    this.forget()
  }
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
