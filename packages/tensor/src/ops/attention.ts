import { isRecorded } from "../autograd/is-recorded.ts"
import { recordGradient } from "../autograd/record-gradient.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { CAUSAL, KEY_LENGTHS, QUERY_OFFSETS, SEGMENTS } from "../kernels/attention-mask.ts"
import { chooseAttentionKernel } from "../kernels/choose-attention-kernel.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { attentionBackward } from "./attention-backward.ts"
import { expectGroupedHeads } from "./expect-grouped-heads.ts"
import { expectHeads } from "./expect-heads.ts"

/** Who sees whom, and where the tokens stand. Without options every query sees every key. */
export interface AttentionOptions {
  /** Key j is seen by query i only where j <= i + queryOffsets[batch]. */
  causal?: boolean
  /** Factor of the scores; headSize ** -0.5 by default. */
  scale?: number
  /** i32 `[batch]`: keys at this index and above are invisible. */
  keyLengths?: Tensor
  /** i32 `[batch]`: position among the keys of query 0; 0 by default. */
  queryOffsets?: Tensor
  /** i32 `[batch, keyTokens]`: a query, at its position among the keys, sees keys of its own segment only. */
  segments?: Tensor
  /** Upper bound of the keys in use, where key and value are caches with room for more. */
  keyTokens?: number
}

/**
 * softmax(scale · query · keyᵀ) · value for each head, with the scores never held as a whole (Dao et al. 2022).
 * query f32 `[batch, queryTokens, heads, headSize]`, key and value f32 `[batch, keyTokens, kvHeads, headSize]` ->
 * `[batch, queryTokens, heads, headSize]`. Consecutive query heads share a key-value head where there are fewer of
 * those (Ainslie et al. 2023). A query that sees no key gives zeros.
 */
export function attention(query: Tensor, key: Tensor, value: Tensor, options: AttentionOptions = {}): Tensor {
  const [batch, queryTokens, heads, headSize] = expectHeads("attention", "query", query)
  const [, keyCapacity, kvHeads] = expectHeads("attention", "key", key)
  expectShape("attention", "key", key.shape, [batch, keyCapacity, kvHeads, headSize])
  expectShape("attention", "value", value.shape, key.shape)
  expectGroupedHeads("attention", heads, kvHeads)
  const { keyLengths, queryOffsets, segments } = options
  let flags = options.causal ? CAUSAL : 0
  if (keyLengths) flags |= KEY_LENGTHS
  if (queryOffsets) flags |= QUERY_OFFSETS
  if (segments) flags |= SEGMENTS
  expectIntegers("keyLengths", keyLengths, [batch])
  expectIntegers("queryOffsets", queryOffsets, [batch])
  expectIntegers("segments", segments, [batch, keyCapacity])

  const { device } = query
  const masks = { keyLengths, queryOffsets, segments }
  const params = [
    batch,
    queryTokens,
    keyCapacity,
    Math.min(options.keyTokens ?? keyCapacity, keyCapacity),
    heads,
    kvHeads,
    flags,
    options.scale ?? headSize ** -0.5,
    headSize,
  ]
  const recorded = isRecorded([query, key, value])
  const rows = (heads / kvHeads) * queryTokens
  const output = Tensor.empty(device, query.shape)
  using logSums = recorded ? Tensor.empty(device, [batch, queryTokens, heads]) : undefined
  const { kernel, tileRows } = chooseAttentionKernel(device.profile, {
    rows,
    headSize,
    segments: !!segments,
    paged: false,
    recorded,
  })
  device.run(kernel, {
    bindings: [
      query.buffer,
      key.buffer,
      value.buffer,
      (keyLengths ?? query).buffer,
      (queryOffsets ?? query).buffer,
      (segments ?? query).buffer,
      output.buffer,
      ...(logSums ? [logSums.buffer] : []),
    ],
    params,
    workgroups: workgroupGrid(device, batch * kvHeads * Math.ceil(rows / tileRows)),
  })
  if (!logSums) return output
  const integers = Object.values(masks).filter((mask) => mask !== undefined)
  const saved = [query, key, value, output, logSums, ...integers] as const
  return recordGradient(
    output,
    [query, key, value],
    saved,
    (gradient, [query, key, value, output, logSums, ...kept]) => {
      const next = (mask: Tensor | undefined) => (mask ? kept.shift() : undefined)
      const masks = { keyLengths: next(keyLengths), queryOffsets: next(queryOffsets), segments: next(segments) }
      return attentionBackward({ query, key, value, output, logSums, gradient, ...masks, params })
    },
  )
}

function expectIntegers(operand: string, tensor: Tensor | undefined, shape: readonly number[]): void {
  if (!tensor) return
  expectShape("attention", operand, tensor.shape, shape)
  expectDtype("attention", operand, tensor, "i32")
}

export interface AttentionReferenceInput {
  query: ArrayLike<number>
  key: ArrayLike<number>
  value: ArrayLike<number>
  batch: number
  queryTokens: number
  /** Capacity of key and value. */
  keyTokens: number
  heads: number
  kvHeads: number
  headSize: number
  causal?: boolean
  scale?: number
  keyLengths?: ArrayLike<number>
  queryOffsets?: ArrayLike<number>
  segments?: ArrayLike<number>
}

/** `attention` in float64. */
export function attentionReference(input: AttentionReferenceInput): Float64Array {
  const { query, key, value, batch, queryTokens, keyTokens, heads, kvHeads, headSize } = input
  const scale = input.scale ?? headSize ** -0.5
  const output = new Float64Array(query.length)
  for (let item = 0; item < batch; item++) {
    const length = Math.min(keyTokens, input.keyLengths?.[item] ?? keyTokens)
    for (let token = 0; token < queryTokens; token++) {
      const position = token + (input.queryOffsets?.[item] ?? 0)
      const keys: number[] = []
      for (let index = 0; index < length; index++) {
        if (input.causal && index > position) break
        const { segments } = input
        if (segments && segments[item * keyTokens + index] !== segments[item * keyTokens + position]) continue
        keys.push(index)
      }
      for (let head = 0; head < heads; head++) {
        const queryStart = ((item * queryTokens + token) * heads + head) * headSize
        const keyStart = (index: number) =>
          ((item * keyTokens + index) * kvHeads + Math.floor(head / (heads / kvHeads))) * headSize
        const scores = keys.map((index) => {
          let dot = 0
          for (let d = 0; d < headSize; d++) dot += query[queryStart + d]! * key[keyStart(index) + d]!
          return dot * scale
        })
        const maximum = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
        const weights = scores.map((score) => Math.exp(score - maximum))
        const total = weights.reduce((a, b) => a + b, 0)
        keys.forEach((index, i) => {
          for (let d = 0; d < headSize; d++) {
            output[queryStart + d] = output[queryStart + d]! + (weights[i]! / total) * value[keyStart(index) + d]!
          }
        })
      }
    }
  }
  return output
}
