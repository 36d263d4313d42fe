import {
  AttentionCache,
  AttentionPages,
  type ForwardOptions,
  type KvCacheOptions,
  type LanguageModel,
  languageModelHead,
  type PagedKvCacheOptions,
} from "@llava/model"
import {
  type Device,
  Embedding,
  embedding,
  Linear,
  Module,
  RmsNorm,
  type RopeTable,
  recompute,
  type Tensor,
} from "@llava/tensor"
import type { LlamaConfig } from "../config/llama-config.ts"
import { llamaAttentionRows } from "./llama-attention-rows.ts"
import { LlamaDecoderLayer } from "./llama-decoder-layer.ts"
import { llamaRope } from "./llama-rope.ts"
import { LlamaStep } from "./llama-step.ts"

class LlamaModel extends Module {
  readonly embed_tokens: Embedding
  readonly layers: LlamaDecoderLayer[]
  readonly norm: RmsNorm

  constructor(config: LlamaConfig) {
    super()
    this.embed_tokens = new Embedding(config.vocab_size, config.hidden_size)
    this.layers = Array.from({ length: config.num_hidden_layers }, () => new LlamaDecoderLayer(config))
    this.norm = new RmsNorm(config.hidden_size, config.rms_norm_eps)
  }
}

/** A LLaMA-family decoder (Touvron et al. 2023), named and computed as transformers' LlamaForCausalLM. */
export class LlamaLanguageModel extends Module implements LanguageModel {
  readonly modelType = "llama"
  readonly hiddenSize: number
  readonly vocabSize: number
  readonly maxPositions: number
  readonly model: LlamaModel
  /** Absent where the embedding table is used for the logits too (`tie_word_embeddings`). */
  readonly lm_head?: Linear
  readonly #device: Device
  readonly #config: LlamaConfig
  readonly #head: Pick<LanguageModel, "logits" | "loss">
  #table: RopeTable | undefined

  constructor(config: LlamaConfig, device: Device) {
    super()
    this.hiddenSize = config.hidden_size
    this.vocabSize = config.vocab_size
    this.maxPositions = config.max_position_embeddings
    this.model = new LlamaModel(config)
    if (!config.tie_word_embeddings) this.lm_head = new Linear(config.hidden_size, config.vocab_size, { bias: false })
    this.#head = languageModelHead((this.lm_head ?? this.model.embed_tokens).weight)
    this.#device = device
    this.#config = config
  }

  embed(ids: Tensor): Tensor {
    return embedding(ids, this.model.embed_tokens.weight.value)
  }

  forward(embeddings: Tensor, options: ForwardOptions = {}): Tensor {
    using scope = this.#device.scope()
    let hidden = embeddings // [batch, tokens, hiddenSize]
    for (const output of this.#layerOutputs(embeddings, options)) hidden = output
    return scope.keep(this.model.norm.forward(hidden))
  }

  /**
   * Every hidden state as transformers numbers them, each `[batch, tokens, hiddenSize]`: 0 the embeddings, then after
   * each layer, the last one normalised.
   */
  hiddenStates(embeddings: Tensor, options: ForwardOptions = {}): Tensor[] {
    const outputs = [embeddings, ...this.#layerOutputs(embeddings, options)]
    return [...outputs.slice(0, -1), this.model.norm.forward(outputs.at(-1)!)]
  }

  logits(hidden: Tensor, rows?: readonly number[]): Tensor {
    return this.#head.logits(hidden, rows)
  }

  loss(hidden: Tensor, labels: Tensor, rows?: readonly number[]): Tensor {
    return this.#head.loss(hidden, labels, rows)
  }

  createCache(options: KvCacheOptions): AttentionCache {
    const { num_hidden_layers: layers, num_key_value_heads: heads, head_dim: headSize } = this.#config
    return new AttentionCache(this.#device, { layers, heads, headSize, ...options })
  }

  createPagedCache(options: PagedKvCacheOptions): AttentionPages {
    const { num_hidden_layers: layers, num_key_value_heads: heads, head_dim: headSize } = this.#config
    return new AttentionPages(this.#device, { layers, heads, headSize, ...options })
  }

  attentionRows(embeddings: Tensor, rows: readonly number[]): Tensor {
    this.#table ??= llamaRope(this.#device, this.#config)
    const step = new LlamaStep(embeddings, this.#table, {})
    return llamaAttentionRows(embeddings, rows, { layers: this.model.layers, config: this.#config, step })
  }

  override [Symbol.dispose](): void {
    super[Symbol.dispose]()
    this.#table?.[Symbol.dispose]()
  }

  *#layerOutputs(embeddings: Tensor, options: ForwardOptions): Generator<Tensor, void> {
    this.#table ??= llamaRope(this.#device, this.#config)
    const step = new LlamaStep(embeddings, this.#table, options)
    let hidden = embeddings // [batch, tokens, hiddenSize]
    for (const [index, layer] of this.model.layers.entries()) {
      hidden = options.recompute
        ? recompute([hidden, ...step.tensors], (again, ...tensors) => layer.forward(again, step.on(tensors), index))
        : layer.forward(hidden, step, index)
      yield hidden
    }
  }
}
