import { add, Embedding, Module, Parameter, patchEmbedding, splice, Tensor } from "@llava/tensor"
import type { ClipVisionConfig } from "../config/clip-config.ts"

class PatchEmbedding extends Module {
  readonly weight: Parameter

  constructor(hiddenSize: number, patchSize: number) {
    super()
    this.weight = new Parameter([hiddenSize, 3, patchSize, patchSize])
  }
}

/** Patches, the class token in front, learned positions. */
export class ClipVisionEmbeddings extends Module {
  readonly class_embedding: Parameter
  readonly patch_embedding: PatchEmbedding
  readonly position_embedding: Embedding

  constructor(config: ClipVisionConfig) {
    super()
    const patches = Math.floor(config.image_size / config.patch_size) ** 2
    this.class_embedding = new Parameter([config.hidden_size])
    this.patch_embedding = new PatchEmbedding(config.hidden_size, config.patch_size)
    this.position_embedding = new Embedding(patches + 1, config.hidden_size, { packable: false })
  }

  /** `[batch, 3, imageSize, imageSize]` -> `[batch, 1 + patches, hiddenSize]` */
  forward(pixels: Tensor): Tensor {
    using scope = pixels.device.scope()
    const patches = patchEmbedding(pixels, this.patch_embedding.weight.tensor) // [batch, patches, hiddenSize]
    const [batch, count, hiddenSize] = patches.shape as [number, number, number]
    const index = Int32Array.from({ length: batch * (count + 1) }, (_, i) => {
      const token = i % (count + 1)
      return token === 0 ? 0 : -1 - (Math.floor(i / (count + 1)) * count + token - 1)
    })
    const tokens = splice(
      this.class_embedding.tensor.reshape([1, hiddenSize]),
      patches.reshape([batch * count, hiddenSize]),
      Tensor.from(pixels.device, index, [batch, count + 1]),
    ) // [batch, 1 + patches, hiddenSize]
    return scope.keep(add(tokens, this.position_embedding.weight.tensor))
  }
}
