import type { ImageSpec } from "@llava/core"
import type { Module, Tensor } from "@llava/tensor"

/** What of an encoder becomes features. */
export interface EncodeImageOptions {
  /**
   * Hidden states to take, 0 being the embeddings and negative numbers counting from the last layer's output (-1).
   * Several are joined along the features. Default `[-2]`, as LLaVA.
   */
  layers?: readonly number[]
  /** `patch` drops the class token, `cls_patch` keeps it in front. Default `patch`. */
  feature?: "patch" | "cls_patch"
}

/** The first part of a LLaVA: pixels to features. */
export interface VisionEncoder extends Module {
  /** As in config.json: `clip_vision_model`. */
  readonly modelType: string
  /** How pixels must be prepared. */
  readonly image: ImageSpec
  /** Number of layers; there is one hidden state more. */
  readonly layers: number
  readonly featureSize: number
  /** Tokens per image, class token included where there is one and it is kept. */
  tokens(feature: "patch" | "cls_patch"): number
  /** `[batch, 3, height, width]` -> `[batch, tokens, featureSize * layers.length]` */
  encode(pixels: Tensor, options?: EncodeImageOptions): Tensor
}
