import { type Activation, LayerNorm, Module, type Tensor } from "@llava/tensor"
import { ClipAttention, type ClipAttentionMask } from "./clip-attention.ts"
import { ClipMlp } from "./clip-mlp.ts"

/** The sizes that both towers share. */
export interface ClipEncoderConfig {
  hidden_size: number
  intermediate_size: number
  num_hidden_layers: number
  num_attention_heads: number
  hidden_act: Activation
  layer_norm_eps: number
}

/** One pre-norm transformer block. */
export class ClipEncoderLayer extends Module {
  readonly layer_norm1: LayerNorm
  readonly self_attn: ClipAttention
  readonly layer_norm2: LayerNorm
  readonly mlp: ClipMlp

  constructor(config: ClipEncoderConfig) {
    super()
    this.layer_norm1 = new LayerNorm(config.hidden_size, config.layer_norm_eps)
    this.self_attn = new ClipAttention(config.hidden_size, config.num_attention_heads)
    this.layer_norm2 = new LayerNorm(config.hidden_size, config.layer_norm_eps)
    this.mlp = new ClipMlp(config.hidden_size, config.intermediate_size, config.hidden_act)
  }

  /** `[batch, tokens, hiddenSize]` -> the same */
  forward(hidden: Tensor, mask: ClipAttentionMask): Tensor {
    using scope = hidden.device.scope()
    const attended = this.self_attn.forward(this.layer_norm1.forward(hidden), hidden, mask)
    return scope.keep(this.mlp.forward(this.layer_norm2.forward(attended), attended))
  }
}

/** The stack of blocks. */
export class ClipEncoder extends Module {
  readonly layers: ClipEncoderLayer[]

  constructor(config: ClipEncoderConfig) {
    super()
    this.layers = Array.from({ length: config.num_hidden_layers }, () => new ClipEncoderLayer(config))
  }

  /** Yields the hidden state after each layer, so that a caller that needs no more stops early. */
  *states(embeddings: Tensor, mask: ClipAttentionMask): Generator<Tensor> {
    let hidden = embeddings // [batch, tokens, hiddenSize]
    for (const layer of this.layers) {
      hidden = layer.forward(hidden, mask)
      yield hidden
    }
  }
}
