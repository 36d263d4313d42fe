import { Embedding, embedding, Linear, l2Normalize, Module, Parameter, slice, Tensor } from "@llava/tensor"
import type { ClipVisionTower } from "../vision/clip-vision-tower.ts"
import { tokenWiseLoss } from "./token-wise-loss.ts"

export interface TokenWiseClipOptions {
  /** Learns; it is disposed with this. */
  visionModel: ClipVisionTower
  /** Rows of the table of words. */
  words: number
  /** Of the space in which patches and words are compared. */
  projectionDim: number
}

/**
 * An image tower beside a table of words, compared token by token (FILIP: Yao et al. 2022): what teaches patches the names
 * of what they show. The text side is an embedding and a linear layer, enough where texts are lists of words.
 */
export class TokenWiseClip extends Module {
  readonly logit_scale: Parameter
  readonly vision_model: ClipVisionTower
  readonly token_embedding: Embedding
  readonly visual_projection: Linear
  readonly text_projection: Linear

  constructor({ visionModel, words, projectionDim }: TokenWiseClipOptions) {
    super()
    this.logit_scale = new Parameter([])
    this.vision_model = visionModel
    this.token_embedding = new Embedding(words, projectionDim)
    this.visual_projection = new Linear(visionModel.featureSize, projectionDim, { bias: false })
    this.text_projection = new Linear(projectionDim, projectionDim, { bias: false })
  }

  /** `[batch, 3, size, size]` -> unit vectors of the patches `[batch, patches, projectionDim]` */
  embedPatches(pixels: Tensor): Tensor {
    using scope = pixels.device.scope()
    const hidden = this.vision_model.hiddenStates(pixels).at(-1)! // [batch, 1 + patches, featureSize]
    const patches = slice(hidden, 1, 1, hidden.shape[1]!)
    return scope.keep(l2Normalize(this.visual_projection.forward(this.vision_model.post_layernorm.forward(patches))))
  }

  /** Ids i32 `[...]` -> unit vectors `[..., projectionDim]` */
  embedWords(ids: Tensor): Tensor {
    using scope = ids.device.scope()
    const table = this.token_embedding.weight.value
    return scope.keep(l2Normalize(this.text_projection.forward(embedding(ids, table))))
  }

  /**
   * Pixels `[pairs, 3, size, size]` with the words that each picture shows, `tokenWiseLoss` of them. Texts of different
   * lengths are padded here.
   */
  loss(pixels: Tensor, texts: readonly (readonly number[])[]): Tensor {
    const { device } = pixels
    using scope = device.scope()
    const longest = Math.max(...texts.map((text) => text.length))
    const ids = Int32Array.from(texts.flatMap((text) => Array.from({ length: longest }, (_, i) => text[i] ?? 0)))
    const counts = Int32Array.from(texts, (text) => text.length)
    return scope.keep(
      tokenWiseLoss({
        patches: this.embedPatches(pixels),
        words: this.embedWords(Tensor.from(device, ids, [texts.length, longest])),
        wordCounts: Tensor.from(device, counts, [texts.length]),
        logitScale: this.logit_scale.tensor,
      }),
    )
  }
}
