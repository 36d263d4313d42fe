import { forwardGated, Linear, Module, type Tensor } from "@llava/tensor"
import type { LlamaConfig } from "../config/llama-config.ts"

/** The SiLU-gated feed-forward block: down(silu(gate(x)) * up(x)). */
export class LlamaMlp extends Module {
  readonly gate_proj: Linear
  readonly up_proj: Linear
  readonly down_proj: Linear

  constructor({ hidden_size, intermediate_size, mlp_bias: bias }: LlamaConfig) {
    super()
    this.gate_proj = new Linear(hidden_size, intermediate_size, { bias })
    this.up_proj = new Linear(hidden_size, intermediate_size, { bias })
    this.down_proj = new Linear(intermediate_size, hidden_size, { bias })
  }

  /** `[batch, tokens, hiddenSize]` -> the same, `residual` added. */
  forward(hidden: Tensor, residual: Tensor): Tensor {
    const gated = forwardGated(hidden, this.gate_proj, this.up_proj) // [batch, tokens, intermediateSize]
    return this.down_proj.forward(gated, { residual })
  }
}
