import { CheckpointError, fileSource, writeFilesAtomically } from "@llava/checkpoint"
import type { ImageAspectRatio, ImageSpec } from "@llava/core"
import type { Llava } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { bytesToHex } from "@noble/hashes/utils.js"
import { makeFolder } from "#platform/make-folder"
import { TrainError } from "../train-error.ts"
import { encoderFingerprint } from "./encoder-fingerprint.ts"
import type { ImagePreparer } from "./image-preparer.ts"

export interface FrozenFeaturesOptions {
  model: Llava
  /** Kept from run to run; what belongs to other encoders does no harm. */
  folder: string
  /** As pictures are squared. */
  imageAspectRatio: ImageAspectRatio
  /** Makes pixels of pictures that are new. */
  pixels: Pick<ImagePreparer, "prepare">
}

/**
 * Features of an encoder that is not trained, kept on disk as it computed them, so that it sees every picture once in
 * all epochs and runs. A picture is known by its bytes, an encoder by its weights.
 */
export class FrozenFeatures implements Pick<ImagePreparer, "prepare"> {
  readonly #model: Llava
  readonly #folder: string
  readonly #pixels: Pick<ImagePreparer, "prepare">

  private constructor({ model, pixels }: FrozenFeaturesOptions, folder: string) {
    this.#model = model
    this.#folder = folder
    this.#pixels = pixels
  }

  /** Errors: TrainError "no-encoder", "encoder-trained". */
  static async open(options: FrozenFeaturesOptions): Promise<FrozenFeatures> {
    const { model, folder, imageAspectRatio } = options
    if (!model.encoder) throw new TrainError("The model has no encoder to keep features of.", { code: "no-encoder" })
    for (const [path, { trainable }] of model.encoder.namedParameters("encoder")) {
      if (!trainable) continue
      throw new TrainError(`${path} is trained: features of the encoder change with every step.`, {
        code: "encoder-trained",
        fix: "Leave out featureCache, or do not train the encoder.",
      })
    }
    return new FrozenFeatures(options, `${folder}/${await encoderFingerprint(model, imageAspectRatio)}`)
  }

  /** `[tokens, featureSize]` of a picture. Rejects as preparing its pixels does. */
  async prepare(path: string, spec: ImageSpec, mode: ImageAspectRatio): Promise<Float32Array<ArrayBuffer>> {
    const file = await this.#fileOf(path)
    const known = file === undefined ? undefined : await this.#read(file)
    if (known) return known
    const features = await this.#encode(await this.#pixels.prepare(path, spec, mode), spec.size)
    if (file === undefined) return features
    await makeFolder(file.slice(0, file.lastIndexOf("/")))
    const bytes = new Uint8Array(features.buffer, features.byteOffset, features.byteLength)
    await writeFilesAtomically([{ path: file, write: (handle) => handle.write(bytes) }])
    return features
  }

  /** Undefined for what is no file, or cannot be read: whoever decodes it says why. */
  async #fileOf(path: string): Promise<string | undefined> {
    const bytes = await readWhole(path)
    if (!bytes) return undefined
    const hash = bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))
    return `${this.#folder}/${hash.slice(0, 2)}/${hash}.f32`
  }

  async #read(file: string): Promise<Float32Array<ArrayBuffer> | undefined> {
    const bytes = await readWhole(file)
    const { encoder, options } = this.#model
    const { selectLayers = [-2], selectFeature = "patch" } = options
    const size = encoder!.tokens(selectFeature) * encoder!.featureSize * selectLayers.length
    return bytes?.byteLength === size * 4 ? new Float32Array(bytes.buffer) : undefined
  }

  /** One picture at a time, so that its features do not depend on its company. */
  async #encode(pixels: Float32Array, size: number): Promise<Float32Array<ArrayBuffer>> {
    const { device, encoder, options } = this.#model
    const { selectLayers = [-2], selectFeature = "patch" } = options
    const encoded = () => {
      using scope = device.scope()
      const input = Tensor.from(device, pixels, [1, 3, size, size])
      return scope.keep(encoder!.encode(input, { layers: selectLayers, feature: selectFeature })).retain()
    }
    using features = encoded() // [1, tokens, featureSize]
    return (await features.read()) as Float32Array<ArrayBuffer>
  }
}

async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    await using source = await fileSource(path)
    return (await source.read(0, source.size)) as Uint8Array<ArrayBuffer>
  } catch (error) {
    if (error instanceof CheckpointError) return undefined
    throw error
  }
}
