import type { ImageSpec } from "@llava/core"
import { type EncodeImageOptions, ModelError, type VisionEncoder } from "@llava/model"
import { concat, LayerNorm, Module, slice, type Tensor } from "@llava/tensor"
import type { ClipVisionConfig } from "../config/clip-config.ts"
import { ClipEncoder } from "../encoder/clip-encoder.ts"
import { ClipVisionEmbeddings } from "./clip-vision-embeddings.ts"

/** What CLIP's checkpoints were trained with (openai/CLIP, preprocessor_config.json). */
const clipMean = [0.48145466, 0.4578275, 0.40821073] as const
const clipStd = [0.26862954, 0.26130258, 0.27577711] as const

/** CLIP's image tower (Radford et al. 2021), named and computed as transformers' CLIPVisionModel. */
export class ClipVisionTower extends Module implements VisionEncoder {
  readonly modelType = "clip_vision_model"
  readonly image: ImageSpec
  readonly featureSize: number
  readonly embeddings: ClipVisionEmbeddings
  /** Misspelt in every checkpoint. */
  readonly pre_layrnorm: LayerNorm
  readonly encoder: ClipEncoder
  readonly post_layernorm: LayerNorm

  constructor(config: ClipVisionConfig) {
    super()
    this.image = { size: config.image_size, mean: clipMean, std: clipStd, resample: "bicubic" }
    this.featureSize = config.hidden_size
    this.embeddings = new ClipVisionEmbeddings(config)
    this.pre_layrnorm = new LayerNorm(config.hidden_size, config.layer_norm_eps)
    this.encoder = new ClipEncoder(config)
    this.post_layernorm = new LayerNorm(config.hidden_size, config.layer_norm_eps)
  }

  get layers(): number {
    return this.encoder.layers.length
  }

  tokens(feature: "patch" | "cls_patch"): number {
    const all = this.embeddings.position_embedding.weight.shape[0]!
    return feature === "patch" ? all - 1 : all
  }

  /** Layers above the highest one asked for are never computed. Errors: "layer-out-of-range". */
  encode(pixels: Tensor, options: EncodeImageOptions = {}): Tensor {
    using scope = pixels.device.scope()
    const wanted = (options.layers ?? [-2]).map((layer) => this.#stateIndex(layer))
    const states = this.hiddenStates(pixels, Math.max(...wanted))
    const chosen = wanted.map((index) => states[index]!) // each [batch, tokens, featureSize]
    const joined = chosen.length === 1 ? chosen[0]! : concat(chosen, 2)
    return scope.keep(options.feature === "cls_patch" ? joined : slice(joined, 1, 1, joined.shape[1]!))
  }

  /** Hidden states 0 (after pre_layrnorm) to `last`, each `[batch, tokens, hiddenSize]`. */
  hiddenStates(pixels: Tensor, last = this.layers): Tensor[] {
    const embedded = this.#embed(pixels)
    const states = [embedded]
    if (last === 0) return states
    for (const state of this.encoder.states(embedded, { causal: false })) {
      states.push(state)
      if (states.length > last) break
    }
    return states
  }

  /** The class token of the last layer through post_layernorm: `[batch, hiddenSize]`. */
  pooled(pixels: Tensor): Tensor {
    using scope = pixels.device.scope()
    const last = this.hiddenStates(pixels).at(-1)!
    const [batch, , hiddenSize] = last.shape as [number, number, number]
    const token = slice(last, 1, 0, 1).reshape([batch, hiddenSize])
    return scope.keep(this.post_layernorm.forward(token))
  }

  #embed(pixels: Tensor): Tensor {
    using scope = pixels.device.scope()
    return scope.keep(this.pre_layrnorm.forward(this.embeddings.forward(pixels)))
  }

  #stateIndex(layer: number): number {
    const index = layer < 0 ? this.layers + 1 + layer : layer
    if (Number.isInteger(index) && index >= 0 && index <= this.layers) return index
    throw new ModelError(`Layer ${layer} of an encoder with ${this.layers} layers.`, {
      code: "layer-out-of-range",
      fix: `Choose one from ${-this.layers - 1} to ${this.layers}.`,
    })
  }
}
