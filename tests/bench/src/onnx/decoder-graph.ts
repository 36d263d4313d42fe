import { decoderSizes } from "../data/decoder-sizes.ts"
import { RandomMatrix } from "../data/random-matrix.ts"
import { randomParameter } from "../data/random-parameter.ts"
import type { OnnxGraph } from "./onnx-graph.ts"
import { onnxLinear } from "./onnx-linear.ts"

export interface DecoderGraphOptions {
  readonly layers: number
  /** New tokens: the ids i32 `[1, tokens]` are the input. */
  readonly tokens: number
  /** Keys and values of the tokens before, `[1, kvHeads, length, headSize]` each: key 0, value 0, key 1, ... */
  readonly past?: { readonly length: number; readonly states: readonly Float32Array[] }
}

/**
 * A LLaMA decoder with int4 weights, as ONNX Runtime's own model builder lays it out (GroupQueryAttention with rotary
 * positions inside, MatMulNBits): `logits` `[1, vocabulary]` of the last token, and `state_0`, `state_1`, ...: keys
 * and values of all tokens.
 */
export function decoderGraph(graph: OnnxGraph, options: DecoderGraphOptions): void {
  new DecoderGraph(graph, options).write()
}

class DecoderGraph {
  readonly #graph: OnnxGraph
  readonly #options: DecoderGraphOptions
  readonly #shared: readonly string[]
  readonly #total: number

  constructor(graph: OnnxGraph, options: DecoderGraphOptions) {
    this.#graph = graph
    this.#options = options
    this.#total = options.tokens + (options.past?.length ?? 0)
    const [cosines, sines] = rotaryTables()
    const size = [decoderSizes.max_position_embeddings, decoderSizes.head_dim / 2]
    this.#shared = [
      graph.constant("i32", [1], Int32Array.of(this.#total - 1)),
      graph.constant("i32", [1], Int32Array.of(this.#total)),
      graph.constant("f32", size, cosines),
      graph.constant("f32", size, sines),
    ]
  }

  write(): void {
    const graph = this.#graph
    const { layers, tokens } = this.#options
    const { vocab_size, hidden_size } = decoderSizes
    const table = new RandomMatrix("model.embed_tokens.weight", "int4", vocab_size, hidden_size)
    const rows = new Float32Array(vocab_size * hidden_size)
    for (let row = 0; row < vocab_size; row++) rows.set(table.row(row), row * hidden_size)
    const ids = graph.input("ids", "i32", [1, tokens])
    let hidden = graph.node("Gather", [graph.constant("f32", [vocab_size, hidden_size], rows), ids])
    for (let layer = 0; layer < layers; layer++) hidden = this.#layer(layer, hidden)
    const last = graph.node("Gather", [hidden, graph.constant("i64", [], BigInt64Array.of(BigInt(tokens - 1)))], {
      attributes: { axis: 1 },
    }) // [1, hidden]
    const logits = onnxLinear(graph, this.#norm("model.norm", last), table)
    graph.output("logits", logits, "f32", [1, vocab_size])
  }

  #layer(layer: number, hidden: string): string {
    const graph = this.#graph
    const path = `model.layers.${layer}`
    const { hidden_size, intermediate_size, head_dim, num_attention_heads, num_key_value_heads } = decoderSizes
    const normed = this.#norm(`${path}.input_layernorm`, hidden)
    const linear = (name: string, x: string, outputs: number, inputs: number) =>
      onnxLinear(graph, x, new RandomMatrix(`${path}.${name}.weight`, "int4", outputs, inputs))
    const query = linear("self_attn.q_proj", normed, num_attention_heads * head_dim, hidden_size)
    const key = linear("self_attn.k_proj", normed, num_key_value_heads * head_dim, hidden_size)
    const value = linear("self_attn.v_proj", normed, num_key_value_heads * head_dim, hidden_size)
    const mixed = this.#attend(layer, query, key, value)
    const attended = graph.node("Add", [hidden, linear("self_attn.o_proj", mixed, hidden_size, hidden_size)])
    const inner = this.#norm(`${path}.post_attention_layernorm`, attended)
    const gate = linear("mlp.gate_proj", inner, intermediate_size, hidden_size)
    const up = linear("mlp.up_proj", inner, intermediate_size, hidden_size)
    const silu = graph.node("Mul", [gate, graph.node("Sigmoid", [gate])])
    const product = graph.node("Mul", [silu, up])
    return graph.node("Add", [attended, linear("mlp.down_proj", product, hidden_size, intermediate_size)])
  }

  #attend(layer: number, query: string, key: string, value: string): string {
    const graph = this.#graph
    const { num_attention_heads, num_key_value_heads, head_dim } = decoderSizes
    const { past } = this.#options
    const before = [0, 1].map((which) =>
      past
        ? graph.constant("f32", [1, num_key_value_heads, past.length, head_dim], past.states[layer * 2 + which]!)
        : "",
    )
    const mixed = graph.node("GroupQueryAttention", [query, key, value, ...before, ...this.#shared], {
      attributes: { num_heads: num_attention_heads, kv_num_heads: num_key_value_heads, do_rotary: 1 },
      domain: "com.microsoft",
      outputs: 3,
    })
    const shape = [1, num_key_value_heads, this.#total, head_dim]
    graph.output(`state_${layer * 2}`, `${mixed}_1`, "f32", shape)
    graph.output(`state_${layer * 2 + 1}`, `${mixed}_2`, "f32", shape)
    return mixed
  }

  #norm(path: string, x: string): string {
    const weight = randomParameter(`${path}.weight`, decoderSizes.hidden_size)
    const constant = this.#graph.constant("f32", [decoderSizes.hidden_size], weight)
    return this.#graph.node("SimplifiedLayerNormalization", [x, constant], {
      attributes: { axis: -1, epsilon: { float: decoderSizes.rms_norm_eps } },
    })
  }
}

/** Cosines and sines, `[positions, headSize / 2]`. */
function rotaryTables(): [cosines: Float32Array, sines: Float32Array] {
  const { max_position_embeddings, head_dim, rope_theta } = decoderSizes
  const half = head_dim / 2
  const angles = Float64Array.from(
    { length: max_position_embeddings * half },
    (_, i) => Math.floor(i / half) / rope_theta ** ((i % half) / half),
  )
  return [Float32Array.from(angles, Math.cos), Float32Array.from(angles, Math.sin)]
}
