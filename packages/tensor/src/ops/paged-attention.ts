import { refuseGradient } from "../autograd/refuse-gradient.ts"
import { TensorError } from "../error/tensor-error.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { chooseAttentionKernel } from "../kernels/choose-attention-kernel.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { expectGroupedHeads } from "./expect-grouped-heads.ts"
import { expectHeads } from "./expect-heads.ts"

/** Where the tokens of each sequence stand. */
export interface PagedAttentionOptions {
  /** i32 `[sequences, tablePages]`: the pages of a sequence, in order; what is past its keys is not read. */
  pages: Tensor
  /** i32 `[sequences]`: keys of each, those of its queries included. */
  keyLengths: Tensor
  /** i32 `[sequences + 1]`: the first query of each, then the number of all. */
  queryStarts: Tensor
  /** Queries of the sequence that has most. */
  queryTokens: number
  /** Factor of the scores; headSize ** -0.5 by default. */
  scale?: number
}

/**
 * Causal attention of several sequences at once, each with queries of its own number and with keys that lie in pages of
 * one common store (PagedAttention: Kwon et al. 2023), which sequences may share. The queries are the last tokens of
 * their sequence, and their keys and values are in the pages already.
 *
 * query f32 `[tokens, 1, heads, headSize]`, sequence by sequence; key and value f32
 * `[pages, pageSize, kvHeads, headSize]` -> the query's shape. Not recorded for gradients.
 */
export function pagedAttention(query: Tensor, key: Tensor, value: Tensor, options: PagedAttentionOptions): Tensor {
  refuseGradient("pagedAttention", [query, key, value], "Train without a cache.")
  const { pages, keyLengths, queryStarts, queryTokens } = options
  const [tokens, , heads, headSize] = expectHeads("pagedAttention", "query", query, "[tokens, 1, heads, headSize]")
  const store = "[pages, pageSize, kvHeads, headSize]"
  const [storePages, pageSize, kvHeads] = expectHeads("pagedAttention", "key", key, store)
  expectShape("pagedAttention", "query", query.shape, [tokens, 1, heads, headSize])
  expectShape("pagedAttention", "key", key.shape, [storePages, pageSize, kvHeads, headSize])
  expectShape("pagedAttention", "value", value.shape, key.shape)
  expectGroupedHeads("pagedAttention", heads, kvHeads)
  const [sequences = 0, tablePages = 0] = pages.shape
  expectShape("pagedAttention", "pages", pages.shape, [sequences, tablePages])
  expectShape("pagedAttention", "keyLengths", keyLengths.shape, [sequences])
  expectShape("pagedAttention", "queryStarts", queryStarts.shape, [sequences + 1])
  for (const [name, tensor] of Object.entries({ pages, keyLengths, queryStarts })) {
    expectDtype("pagedAttention", name, tensor, "i32")
  }
  if (queryTokens > tokens) {
    throw new TensorError(`pagedAttention: a sequence of ${queryTokens} queries among ${tokens}.`, {
      code: "shape-mismatch",
    })
  }

  const { device } = query
  const grouped = heads / kvHeads
  const { kernel, tileRows } = chooseAttentionKernel(device.profile, {
    rows: (grouped * tokens) / sequences,
    headSize,
    segments: false,
    paged: true,
    recorded: false,
  })
  const output = Tensor.empty(device, query.shape)
  const scale = options.scale ?? headSize ** -0.5
  const tiles = Math.ceil((grouped * queryTokens) / tileRows)
  device.run(kernel, {
    bindings: [query, key, value, keyLengths, queryStarts, pages, output].map(({ buffer }) => buffer),
    params: [sequences, queryTokens, pageSize, tablePages, heads, kvHeads, scale, headSize],
    workgroups: workgroupGrid(device, sequences * kvHeads * tiles),
  })
  return output
}

/** Sequences on the host. */
export interface PagedAttentionReferenceInput {
  query: ArrayLike<number>
  key: ArrayLike<number>
  value: ArrayLike<number>
  /** Of each sequence. */
  pages: readonly (readonly number[])[]
  /** Of each sequence. */
  keyLengths: readonly number[]
  /** Queries of each sequence. */
  queryCounts: readonly number[]
  pageSize: number
  heads: number
  kvHeads: number
  headSize: number
  scale?: number
}

/** `pagedAttention` in float64. */
export function pagedAttentionReference(input: PagedAttentionReferenceInput): Float64Array {
  const { query, key, value, pages, keyLengths, queryCounts, pageSize, heads, kvHeads, headSize } = input
  const scale = input.scale ?? headSize ** -0.5
  const output = new Float64Array(query.length)
  let row = 0
  for (const [sequence, count] of queryCounts.entries()) {
    for (let token = 0; token < count; token++, row++) {
      const keys = keyLengths[sequence]! - count + token + 1
      for (let head = 0; head < heads; head++) {
        const from = (row * heads + head) * headSize
        const kvHead = Math.floor((head * kvHeads) / heads)
        const place = (index: number) => {
          const page = pages[sequence]![Math.floor(index / pageSize)]!
          return ((page * pageSize + (index % pageSize)) * kvHeads + kvHead) * headSize
        }
        const weights = Array.from({ length: keys }, (_, index) => {
          let dot = 0
          for (let d = 0; d < headSize; d++) dot += query[from + d]! * key[place(index) + d]!
          return Math.exp(dot * scale)
        })
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        for (const [index, weight] of weights.entries()) {
          for (let d = 0; d < headSize; d++) {
            output[from + d] = output[from + d]! + (weight / total) * value[place(index) + d]!
          }
        }
      }
    }
  }
  return output
}
