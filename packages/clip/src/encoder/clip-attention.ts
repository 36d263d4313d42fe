import { attention, Linear, Module, type Tensor } from "@llava/tensor"

export interface ClipAttentionMask {
  causal: boolean
  /** i32 `[batch]`: keys past the length are padding. */
  keyLengths?: Tensor
}

/** Multi-head self-attention with biases, as CLIP's towers have it. */
export class ClipAttention extends Module {
  readonly q_proj: Linear
  readonly k_proj: Linear
  readonly v_proj: Linear
  readonly out_proj: Linear
  readonly #heads: number

  constructor(hiddenSize: number, heads: number) {
    super()
    this.#heads = heads
    this.q_proj = new Linear(hiddenSize, hiddenSize)
    this.k_proj = new Linear(hiddenSize, hiddenSize)
    this.v_proj = new Linear(hiddenSize, hiddenSize)
    this.out_proj = new Linear(hiddenSize, hiddenSize)
  }

  /** `[batch, tokens, hiddenSize]` -> the same, `residual` added. */
  forward(hidden: Tensor, residual: Tensor, mask: ClipAttentionMask): Tensor {
    const [batch, tokens, size] = hidden.shape as [number, number, number]
    const split = [batch, tokens, this.#heads, size / this.#heads]
    const query = this.q_proj.forward(hidden).reshape(split) // [batch, tokens, heads, headSize]
    const key = this.k_proj.forward(hidden).reshape(split)
    const value = this.v_proj.forward(hidden).reshape(split)
    const mixed = attention(query, key, value, mask).reshape([batch, tokens, size])
    return this.out_proj.forward(mixed, { residual })
  }
}
