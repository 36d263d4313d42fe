import { TensorError } from "../error/tensor-error.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { Tensor } from "../tensor/tensor.ts"
import { add } from "./add.ts"
import { matmul } from "./matmul.ts"
import { scale } from "./scale.ts"
import { softmax } from "./softmax.ts"
import { sum } from "./sum.ts"
import { transpose } from "./transpose.ts"

/**
 * Who looks where: softmax(query · keyᵀ / √headSize), averaged over the heads. Query f32 `[rows, heads, headSize]`, key f32
 * `[tokens, kvHeads, headSize]` -> `[rows, tokens]`. Row i sees the keys up to `positions[i]`; the others get 0, and each
 * row sums to 1. For pictures of attention: the scores of all heads are held at once, as `attention` never does.
 * Errors: "shape-mismatch", "dtype-mismatch".
 */
export function attentionRows(query: Tensor, key: Tensor, positions: readonly number[]): Tensor {
  expectDtype("attentionRows", "query", query, "f32")
  expectDtype("attentionRows", "key", key, "f32")
  const [rows, heads, headSize] = threeSizes("query", query)
  const [tokens, kvHeads, keySize] = threeSizes("key", key)
  if (keySize !== headSize || heads % kvHeads !== 0 || positions.length !== rows) {
    throw new TensorError(
      `attentionRows: query [${query.shape}], key [${key.shape}] and ${positions.length} positions do not fit together.`,
      { code: "shape-mismatch" },
    )
  }
  const { device } = query
  using scope = device.scope()
  const mask = new Float32Array(rows * tokens)
  for (const [row, position] of positions.entries()) {
    mask.fill(Number.NEGATIVE_INFINITY, row * tokens + position + 1, (row + 1) * tokens)
  }
  // Heads that share keys stand together: a group's queries are more rows of one product.
  const queries = transpose(query, [1, 0, 2]).reshape([kvHeads, (heads / kvHeads) * rows, headSize])
  const keys = transpose(key, [1, 0, 2]) // [kvHeads, tokens, headSize]
  const scores = scale(matmul(queries, keys, { transposeB: true }), headSize ** -0.5)
  const seen = add(scores.reshape([heads, rows, tokens]), Tensor.from(device, mask, [rows, tokens]))
  return scope.keep(scale(sum(softmax(seen), 0), 1 / heads))
}

function threeSizes(operand: string, { shape }: Tensor): readonly [number, number, number] {
  const [rows, heads, headSize, ...more] = shape
  if (rows !== undefined && heads !== undefined && headSize !== undefined && more.length === 0) {
    return [rows, heads, headSize]
  }
  throw new TensorError(`attentionRows: ${operand} has shape [${shape}], expected [rows, heads, headSize].`, {
    code: "shape-mismatch",
  })
}

export interface AttentionRowsReferenceInput {
  query: ArrayLike<number>
  key: ArrayLike<number>
  positions: readonly number[]
  tokens: number
  heads: number
  kvHeads: number
  headSize: number
}

/** `attentionRows` in float64. */
export function attentionRowsReference(input: AttentionRowsReferenceInput): Float64Array {
  const { query, key, positions, tokens, heads, kvHeads, headSize } = input
  const result = new Float64Array(positions.length * tokens)
  for (const [row, position] of positions.entries()) {
    for (let head = 0; head < heads; head++) {
      const queryStart = (row * heads + head) * headSize
      const kvHead = Math.floor(head / (heads / kvHeads))
      const scores = Array.from({ length: position + 1 }, (_, token) => {
        const keyStart = (token * kvHeads + kvHead) * headSize
        let dot = 0
        for (let d = 0; d < headSize; d++) dot += query[queryStart + d]! * key[keyStart + d]!
        return dot / Math.sqrt(headSize)
      })
      const maximum = scores.reduce((a, b) => Math.max(a, b))
      const weights = scores.map((score) => Math.exp(score - maximum))
      const total = weights.reduce((a, b) => a + b)
      for (const [token, weight] of weights.entries()) {
        result[row * tokens + token] = result[row * tokens + token]! + weight / total / heads
      }
    }
  }
  return result
}
