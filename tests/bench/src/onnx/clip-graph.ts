import type { ClipVisionConfig } from "@llava/clip"
import { RandomMatrix } from "../data/random-matrix.ts"
import { randomParameter } from "../data/random-parameter.ts"
import type { OnnxGraph } from "./onnx-graph.ts"
import { onnxLinear } from "./onnx-linear.ts"

/** `fused` is ONNX Runtime's MultiHeadAttention, `plain` is MatMul, Softmax and MatMul. */
export type ClipAttention = "fused" | "plain"

export interface ClipGraphOptions {
  readonly format: "f32" | "f16"
  readonly attention: ClipAttention
}

/** CLIP's image tower to the hidden states of its last layer, `[1, tokens, hidden]`. */
export function clipGraph(graph: OnnxGraph, config: ClipVisionConfig, options: ClipGraphOptions): void {
  new ClipGraph(graph, config, options).write()
}

class ClipGraph {
  readonly #graph: OnnxGraph
  readonly #config: ClipVisionConfig
  readonly #format: "f32" | "f16"
  readonly #attention: ClipAttention
  readonly #tokens: number

  constructor(graph: OnnxGraph, config: ClipVisionConfig, { format, attention }: ClipGraphOptions) {
    this.#graph = graph
    this.#config = config
    this.#format = format
    this.#attention = attention
    this.#tokens = Math.floor(config.image_size / config.patch_size) ** 2 + 1
  }

  write(): void {
    const { image_size, hidden_size, num_hidden_layers } = this.#config
    const input = this.#graph.input("pixels", "f32", [1, 3, image_size, image_size])
    const pixels = this.#graph.cast(input, "f32", this.#format)
    let hidden = this.#norm("pre_layrnorm", this.#embed(pixels, this.#tokens - 1))
    for (let layer = 0; layer < num_hidden_layers; layer++) hidden = this.#layer(`encoder.layers.${layer}`, hidden)
    this.#graph.output("hidden", this.#graph.cast(hidden, this.#format, "f32"), "f32", [1, this.#tokens, hidden_size])
  }

  #embed(pixels: string, patches: number): string {
    const graph = this.#graph
    const { patch_size, hidden_size } = this.#config
    const weight = this.#parameter("embeddings.patch_embedding.weight", [hidden_size, 3, patch_size, patch_size])
    const grid = graph.node("Conv", [pixels, weight], { attributes: { strides: [patch_size, patch_size] } })
    const shape = graph.constant("i64", [3], BigInt64Array.of(1n, BigInt(hidden_size), BigInt(patches)))
    const columns = graph.node("Reshape", [grid, shape]) // [1, hidden, patches]
    const rows = graph.node("Transpose", [columns], { attributes: { perm: [0, 2, 1] } })
    const first = this.#parameter("embeddings.class_embedding", [1, 1, hidden_size])
    const tokens = graph.node("Concat", [first, rows], { attributes: { axis: 1 } })
    const positions = this.#parameter("embeddings.position_embedding.weight", [1, patches + 1, hidden_size])
    return graph.node("Add", [tokens, positions])
  }

  #layer(path: string, hidden: string): string {
    const graph = this.#graph
    const { hidden_size, intermediate_size, hidden_act } = this.#config
    const normed = this.#norm(`${path}.layer_norm1`, hidden)
    const project = (name: string) => this.#linear(`${path}.self_attn.${name}`, normed, hidden_size, hidden_size)
    const mixed = this.#attend(project("q_proj"), project("k_proj"), project("v_proj"))
    const attended = graph.node("Add", [
      hidden,
      this.#linear(`${path}.self_attn.out_proj`, mixed, hidden_size, hidden_size),
    ])
    const inner = this.#linear(`${path}.mlp.fc1`, this.#norm(`${path}.layer_norm2`, attended), intermediate_size)
    const active =
      hidden_act === "quick_gelu"
        ? graph.node("QuickGelu", [inner], { attributes: { alpha: { float: 1.702 } }, domain: "com.microsoft" })
        : graph.node("Gelu", [inner], { domain: "com.microsoft" })
    return graph.node("Add", [attended, this.#linear(`${path}.mlp.fc2`, active, hidden_size, intermediate_size)])
  }

  #attend(query: string, key: string, value: string): string {
    const graph = this.#graph
    const { hidden_size, num_attention_heads } = this.#config
    if (this.#attention === "fused") {
      const attributes = { num_heads: num_attention_heads }
      return graph.node("MultiHeadAttention", [query, key, value], { attributes, domain: "com.microsoft" })
    }
    const headSize = hidden_size / num_attention_heads
    const reshape = (x: string, ...dims: number[]) =>
      graph.node("Reshape", [x, graph.constant("i64", [dims.length], BigInt64Array.from(dims, BigInt))])
    const heads = (x: string, ...perm: number[]) =>
      graph.node("Transpose", [reshape(x, 1, this.#tokens, num_attention_heads, headSize)], { attributes: { perm } })
    const products = graph.node("MatMul", [heads(query, 0, 2, 1, 3), heads(key, 0, 2, 3, 1)]) // [1, heads, query, key]
    const scale = Float32Array.of(1 / Math.sqrt(headSize))
    const factor = graph.constant(this.#format, [], this.#format === "f16" ? new Float16Array(scale) : scale)
    const shares = graph.node("Softmax", [graph.node("Mul", [products, factor])], { attributes: { axis: -1 } })
    const mixed = graph.node("MatMul", [shares, heads(value, 0, 2, 1, 3)]) // [1, heads, query, headSize]
    const rows = graph.node("Transpose", [mixed], { attributes: { perm: [0, 2, 1, 3] } })
    return reshape(rows, 1, this.#tokens, hidden_size)
  }

  #linear(path: string, x: string, outputs: number, inputs = this.#config.hidden_size): string {
    const matrix = new RandomMatrix(`${path}.weight`, this.#format, outputs, inputs)
    return this.#graph.node("Add", [onnxLinear(this.#graph, x, matrix), this.#parameter(`${path}.bias`, [outputs])])
  }

  #norm(path: string, x: string): string {
    const size = this.#config.hidden_size
    const inputs = [x, this.#parameter(`${path}.weight`, [size]), this.#parameter(`${path}.bias`, [size])]
    return this.#graph.node("LayerNormalization", inputs, {
      attributes: { axis: -1, epsilon: { float: this.#config.layer_norm_eps } },
    })
  }

  #parameter(path: string, dims: readonly number[]): string {
    const values = randomParameter(
      path,
      dims.reduce((product, size) => product * size, 1),
    )
    return this.#graph.constant(this.#format, dims, this.#format === "f16" ? new Float16Array(values) : values)
  }
}
