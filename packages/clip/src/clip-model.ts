import { Linear, l2Normalize, Module, matmul, Parameter, type Tensor } from "@llava/tensor"
import type { ClipConfig } from "./config/clip-config.ts"
import { ClipTextTower } from "./text/clip-text-tower.ts"
import { ClipVisionTower } from "./vision/clip-vision-tower.ts"

/** CLIP with both towers and their projections into one space, named as transformers' CLIPModel. */
export class ClipModel extends Module {
  readonly logit_scale: Parameter
  readonly text_model: ClipTextTower
  readonly vision_model: ClipVisionTower
  readonly visual_projection: Linear
  readonly text_projection: Linear

  constructor(config: ClipConfig) {
    super()
    this.logit_scale = new Parameter([])
    this.text_model = new ClipTextTower(config.text_config)
    this.vision_model = new ClipVisionTower(config.vision_config)
    this.visual_projection = new Linear(config.vision_config.hidden_size, config.projection_dim, { bias: false })
    this.text_projection = new Linear(config.text_config.hidden_size, config.projection_dim, { bias: false })
  }

  /** `[batch, 3, height, width]` -> unit vectors `[batch, projectionDim]` */
  embedImages(pixels: Tensor): Tensor {
    using scope = pixels.device.scope()
    return scope.keep(l2Normalize(this.visual_projection.forward(this.vision_model.pooled(pixels))))
  }

  /** Rows of token ids of one length -> unit vectors `[rows, projectionDim]`; see `ClipTextTower.pooled`. */
  embedText(device: Tensor["device"], rows: readonly (readonly number[])[], lengths?: readonly number[]): Tensor {
    using scope = device.scope()
    return scope.keep(l2Normalize(this.text_projection.forward(this.text_model.pooled(device, rows, lengths))))
  }

  /** Cosines of unit vectors: `[images, dim]` x `[texts, dim]` -> `[images, texts]`; times exp(logit_scale) = logits. */
  similarity(images: Tensor, texts: Tensor): Tensor {
    return matmul(images, texts, { transposeB: true })
  }
}
