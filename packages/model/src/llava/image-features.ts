import {
  decodeImage,
  type ImageAspectRatio,
  type ImageInput,
  type ImageSpec,
  normalizeImage,
  prepareImage,
  type RgbImage,
} from "@llava/core"
import { concat, type Device, Tensor } from "@llava/tensor"
import type { Projector } from "../contract/projector.ts"
import type { VisionEncoder } from "../contract/vision-encoder.ts"
import { contentHash } from "./content-hash.ts"

/** Images that nobody uses any more, whose features stay on the GPU for the next turns. */
const KEPT_IMAGES = 8

export interface ImageFeatureOptions {
  selectLayers: readonly number[]
  selectFeature: "patch" | "cls_patch"
  imageAspectRatio: ImageAspectRatio
  imageSpec: ImageSpec
}

interface KeptImage {
  /** Distinguishes pictures in contexts. */
  readonly key: number
  readonly hash: number
  /** Prepared pixels: two inputs with the same ones are the same picture. */
  readonly prepared: RgbImage
  /** Once they were asked for. */
  features: Tensor | undefined
  /** Prompts that need it. */
  users: number
}

/** Pictures to projected features, each encoded once as long as it is needed or remembered. */
export class ImageFeatures implements Disposable {
  readonly #device: Device
  readonly #encoder: VisionEncoder
  readonly #projector: Projector
  readonly #options: ImageFeatureOptions
  /** By key; what was used last is last. */
  readonly #kept = new Map<number, KeptImage>()
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

  /** Keys, in order, that are equal for equal pictures. Their features can be fetched until `release`. */
  async load(images: readonly ImageInput[], signal?: AbortSignal): Promise<number[]> {
    const keys: number[] = []
    try {
      for (const image of images) {
        signal?.throwIfAborted()
        keys.push(await this.#load(image, signal))
      }
      return keys
    } catch (error) {
      this.release(keys)
      throw error
    }
  }

  /** One user less for each of these; those without any are forgotten once there are too many. */
  release(keys: readonly number[]): void {
    for (const key of keys) {
      const image = this.#kept.get(key)
      if (image) image.users--
    }
    const unused = [...this.#kept.values()].filter(({ users }) => users === 0)
    for (const image of unused.slice(0, Math.max(0, this.#kept.size - KEPT_IMAGES))) {
      image.features?.dispose()
      this.#kept.delete(image.key)
    }
  }

  /** Encodes those that were not encoded yet, which `features` else does. */
  encodeMissing(keys: readonly number[]): void {
    for (const key of keys) this.#featuresOf(key)
  }

  /** `[images, tokensPerImage, hiddenSize]` */
  features(keys: readonly number[]): Tensor {
    return concat(
      keys.map((key) => this.#featuresOf(key)),
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

  #featuresOf(key: number): Tensor {
    const image = this.#kept.get(key)!
    if (image.features) return image.features
    const { prepared } = image
    const { width, height } = prepared
    const values = normalizeImage(prepared, this.#options.imageSpec)
    using pixels = Tensor.from(this.#device, values, [1, 3, height, width])
    image.features = this.encode(pixels).retain()
    return image.features
  }

  async #load(input: ImageInput, signal: AbortSignal | undefined): Promise<number> {
    const decoded = await decodeImage(input, signal ? { signal } : {})
    const prepared = prepareImage(decoded, this.#options.imageSpec, this.#options.imageAspectRatio)
    const hash = contentHash(prepared.data)
    const known = [...this.#kept.values()].find(
      (image) => image.hash === hash && equalBytes(image.prepared.data, prepared.data),
    )
    const image = known ?? { key: this.#count++, hash, prepared, features: undefined, users: 0 }
    image.users++
    this.#kept.delete(image.key)
    this.#kept.set(image.key, image)
    return image.key
  }

  /** Lets the features of every picture go; those still needed are encoded again. */
  forget(): void {
    for (const image of this.#kept.values()) {
      image.features?.dispose()
      image.features = undefined
      if (image.users === 0) this.#kept.delete(image.key)
    }
  }

  [Symbol.dispose](): void {
    this.forget()
  }
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
