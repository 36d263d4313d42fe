import { embedding } from "../ops/embedding.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { Module } from "./module.ts"
import { Parameter } from "./parameter.ts"

/** A table of vectors looked up by id, with the parameter of PyTorch's `nn.Embedding`. */
export class Embedding extends Module {
  readonly weight: Parameter

  /** `packable: false` keeps the table dense, for one that is added to activations as a whole. */
  constructor(count: number, size: number, options: { packable?: boolean } = {}) {
    super()
    this.weight = new Parameter([count, size], { packable: options.packable ?? true })
  }

  /** ids i32 `[...]` -> `[..., size]` */
  forward(ids: Tensor): Tensor {
    return embedding(ids, this.weight.value)
  }
}
