import { dropout } from "../ops/dropout.ts"
import { linear } from "../ops/linear.ts"
import { matmul } from "../ops/matmul.ts"
import { scale } from "../ops/scale.ts"
import { slice } from "../ops/slice.ts"
import type { Tensor } from "../tensor/tensor.ts"
import { Module } from "./module.ts"
import { Parameter } from "./parameter.ts"

class Factor extends Module {
  readonly weight: Parameter

  constructor(rows: number, columns: number) {
    super()
    this.weight = new Parameter([rows, columns])
  }
}

export interface LowRankAdapterOptions {
  inFeatures: number
  outFeatures: number
  rank: number
  /** Factor of what is added: alpha / rank, or alpha / sqrt(rank). */
  scaling: number
  /** Probability with which an input is left out while gradients are recorded; 0 unless given. */
  dropout?: number
}

/** scaling · B·A·x beside a frozen layer (LoRA: Hu et al. 2022), with PEFT's names of the parameters. */
export class LowRankAdapter extends Module {
  /** `[rank, in]` */
  readonly lora_A: Factor
  /** `[out, rank]` */
  readonly lora_B: Factor
  readonly rank: number
  readonly scaling: number
  readonly dropout: number
  /** Which inputs are left out; a trainer sets another one before each forward pass. */
  seed = 0
  /** Whether the layer's weight holds the product already, so that nothing is added. */
  merged = false

  constructor({ inFeatures, outFeatures, rank, scaling, dropout = 0 }: LowRankAdapterOptions) {
    super()
    this.lora_A = new Factor(rank, inFeatures)
    this.lora_B = new Factor(outFeatures, rank)
    this.rank = rank
    this.scaling = scaling
    this.dropout = dropout
  }

  /** y `[..., out]` + the adapter's part of x `[..., in]`. */
  addTo(y: Tensor, x: Tensor): Tensor {
    const input = this.dropout > 0 && x.device.tape ? dropout(x, this.dropout, this.seed) : x
    const low = scale(linear(input, this.lora_A.weight.tensor), this.scaling) // [..., rank]
    return linear(low, this.lora_B.weight.tensor, { residual: y })
  }

  /** Rows `[begin, end)` of scaling · B·A, `[end - begin, in]`: what merging adds to the layer's weight `[out, in]`. */
  delta(begin = 0, end = this.lora_B.weight.shape[0]!): Tensor {
    const { tensor: a } = this.lora_A.weight
    const { tensor: b } = this.lora_B.weight
    using scope = a.device.scope()
    const rows = end - begin === b.shape[0] ? b : slice(b, 0, begin, end) // [end - begin, rank]
    return scope.keep(scale(matmul(rows, a), this.scaling))
  }
}
