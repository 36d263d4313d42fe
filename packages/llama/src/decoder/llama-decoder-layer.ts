import { Module, RmsNorm, type Tensor } from "@llava/tensor"
import type { LlamaConfig } from "../config/llama-config.ts"
import { LlamaAttention } from "./llama-attention.ts"
import { LlamaMlp } from "./llama-mlp.ts"
import type { LlamaStep } from "./llama-step.ts"

/** One pre-norm block. */
export class LlamaDecoderLayer extends Module {
  readonly self_attn: LlamaAttention
  readonly mlp: LlamaMlp
  readonly input_layernorm: RmsNorm
  readonly post_attention_layernorm: RmsNorm

  constructor(config: LlamaConfig) {
    super()
    this.self_attn = new LlamaAttention(config)
    this.mlp = new LlamaMlp(config)
    this.input_layernorm = new RmsNorm(config.hidden_size, config.rms_norm_eps)
    this.post_attention_layernorm = new RmsNorm(config.hidden_size, config.rms_norm_eps)
  }

  /** `[batch, tokens, hiddenSize]` -> the same */
  forward(hidden: Tensor, step: LlamaStep, layer: number): Tensor {
    using scope = hidden.device.scope()
    const attended = this.self_attn.forward(this.input_layernorm.forward(hidden), hidden, step, layer)
    return scope.keep(this.mlp.forward(this.post_attention_layernorm.forward(attended), attended))
  }
}
