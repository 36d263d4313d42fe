import { add, Embedding, embedding, gatherRows, LayerNorm, Module, Tensor } from "@llava/tensor"
import type { ClipTextConfig } from "../config/clip-config.ts"
import { ClipEncoder } from "../encoder/clip-encoder.ts"

/** Published configs say 2, which never was the end-of-text token: pooling is then at the highest id. */
const LEGACY_EOS = 2

class ClipTextEmbeddings extends Module {
  readonly token_embedding: Embedding
  readonly position_embedding: Embedding

  constructor(config: ClipTextConfig) {
    super()
    this.token_embedding = new Embedding(config.vocab_size, config.hidden_size)
    this.position_embedding = new Embedding(config.max_position_embeddings, config.hidden_size)
  }
}

/** CLIP's text tower, named and computed as transformers' CLIPTextModel. */
export class ClipTextTower extends Module {
  readonly embeddings: ClipTextEmbeddings
  readonly encoder: ClipEncoder
  readonly final_layer_norm: LayerNorm
  readonly #eosTokenId: number

  constructor(config: ClipTextConfig) {
    super()
    this.#eosTokenId = config.eos_token_id
    this.embeddings = new ClipTextEmbeddings(config)
    this.encoder = new ClipEncoder(config)
    this.final_layer_norm = new LayerNorm(config.hidden_size, config.layer_norm_eps)
  }

  /** Longest text in tokens, start and end included. */
  get maxTokens(): number {
    return this.embeddings.position_embedding.weight.shape[0]!
  }

  /**
   * Rows of token ids, all of one length, to pooled features `[rows, hiddenSize]` at each row's end-of-text token.
   * `lengths`: valid tokens per row, where padding must not be seen.
   */
  pooled(device: Tensor["device"], rows: readonly (readonly number[])[], lengths?: readonly number[]): Tensor {
    using scope = device.scope()
    const tokens = rows[0]?.length ?? 0
    const hidden = this.#forward(device, rows, tokens, lengths) // [rows, tokens, hiddenSize]
    const ends = rows.map((row, index) => index * tokens + this.#poolAt(row))
    const flat = hidden.reshape([rows.length * tokens, hidden.shape[2]!])
    return scope.keep(gatherRows(flat, Tensor.from(device, Int32Array.from(ends), [rows.length])))
  }

  #forward(
    device: Tensor["device"],
    rows: readonly (readonly number[])[],
    tokens: number,
    lengths: readonly number[] | undefined,
  ): Tensor {
    const ids = Tensor.from(device, Int32Array.from(rows.flat()), [rows.length, tokens])
    const positions = Tensor.from(
      device,
      Int32Array.from({ length: tokens }, (_, i) => i),
      [tokens],
    )
    const embedded = add(
      embedding(ids, this.embeddings.token_embedding.weight.value),
      embedding(positions, this.embeddings.position_embedding.weight.value),
    ) // [rows, tokens, hiddenSize]
    const keyLengths = lengths && Tensor.from(device, Int32Array.from(lengths), [rows.length])
    let hidden = embedded
    for (const state of this.encoder.states(embedded, { causal: true, ...(keyLengths && { keyLengths }) }))
      hidden = state
    return this.final_layer_norm.forward(hidden)
  }

  #poolAt(row: readonly number[]): number {
    if (this.#eosTokenId === LEGACY_EOS) return row.indexOf(Math.max(...row))
    // transformers takes position 0 where there is no end-of-text token.
    return Math.max(0, row.indexOf(this.#eosTokenId))
  }
}
