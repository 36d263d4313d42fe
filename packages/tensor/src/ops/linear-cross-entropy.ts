import { isRecorded } from "../autograd/is-recorded.ts"
import { recordGradient } from "../autograd/record-gradient.ts"
import { RowLeaf } from "../autograd/row-leaf.ts"
import { TensorError } from "../error/tensor-error.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import {
  crossEntropyBackwardKernel,
  crossEntropyMergeKernel,
  crossEntropyTotalKernel,
} from "../kernels/cross-entropy.ts"
import { rowUnits, rowVariant } from "../kernels/row-kernel.ts"
import { runProduct } from "../kernels/run-product.ts"
import { ROW_GRANULE, weightOperand, weightShape } from "../kernels/weight-parts.ts"
import type { PackedMatrix } from "../matrix/packed-matrix.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { add } from "./add.ts"
import { denseRows } from "./dense-rows.ts"
import { linear } from "./linear.ts"
import { matmul } from "./matmul.ts"

/** Which labels count, and how much is computed at once. */
export interface LinearCrossEntropyOptions {
  /** The label of tokens that are not learned; -100 unless given. */
  ignoreIndex?: number
  /** Logits of this many words exist at once, rounded up to a multiple of 128. By default about 32 MiB of them. */
  vocabChunk?: number
}

const CHUNK_ELEMENTS = 8 * 2 ** 20

/**
 * The language-model loss without its logits: `[tokens, vocabulary]` never exists, only a chunk of the vocabulary at a
 * time, merged into a running log-sum-exp of each token.
 *
 * hidden `[tokens, size]` f32, weight `[vocabulary, size]`, labels i32 `[tokens]` (the word each token predicts) ->
 * f32 `[2]`: the sum of -log p(label) over the learned tokens, and their number. A label that is neither a word nor
 * `ignoreIndex` makes the sum NaN. Errors: "shape-mismatch", "dtype-mismatch".
 */
export function linearCrossEntropy(
  hidden: Tensor,
  weight: Tensor | PackedMatrix,
  labels: Tensor,
  options: LinearCrossEntropyOptions = {},
): Tensor {
  const { device } = hidden
  expectDtype("linearCrossEntropy", "hidden", hidden, "f32")
  expectDtype("linearCrossEntropy", "labels", labels, "i32")
  const [words, size] = weightShape("linearCrossEntropy", weight)
  const tokens = hidden.shape[0]
  if (hidden.shape.length !== 2 || tokens === undefined || hidden.shape[1] !== size) {
    throw new TensorError(`linearCrossEntropy: hidden has shape [${hidden.shape}], expected [tokens, ${size}].`, {
      code: "shape-mismatch",
    })
  }
  expectShape("linearCrossEntropy", "labels", labels.shape, [tokens])
  const loss = Tensor.empty(device, [2])
  using state = Tensor.empty(device, [Math.max(1, tokens), 4])
  const chunk = tokens === 0 ? words : chunkSize(hidden, words, options.vocabChunk)
  const trained = weight instanceof Tensor ? weight : undefined
  // The way back begins with the chunk that is there already.
  const keeps = isRecorded([hidden, trained])
  let last: Tensor | undefined
  for (let begin = 0; begin < words && tokens > 0; begin += chunk) {
    const columns = Math.min(chunk, words - begin)
    using logits = Tensor.empty(device, [tokens, columns])
    if (keeps && begin + columns === words) last = logits.share()
    runProduct({
      a: hidden,
      rows: tokens,
      k: size,
      ...weightOperand(weight, begin, begin + columns),
      y: logits,
      rowSize: columns,
      firstColumn: begin,
    })
    const variant = rowVariant(device, columns)
    device.run(crossEntropyMergeKernel(variant), {
      bindings: [logits.buffer, labels.buffer, state.buffer],
      params: [tokens, rowUnits(variant, columns), columns, begin, Number.NaN],
      workgroups: workgroupGrid(device, tokens),
    })
  }
  device.run(crossEntropyTotalKernel, {
    bindings: [state.buffer, labels.buffer, loss.buffer],
    params: [tokens, options.ignoreIndex ?? -100],
    workgroups: [1],
  })
  const ignore = options.ignoreIndex ?? -100
  using kept = last ?? state.share()
  const saved = [hidden, labels, state, kept, ...(trained ? [trained] : [])] as const
  const rows = trained?.target instanceof RowLeaf ? trained.target.rows : undefined
  return recordGradient(loss, [hidden, trained], saved, (gradient, [hidden, labels, state, last, own], wanted) =>
    backward({ hidden, labels, state, gradient, last, weight: own ?? weight, rows, chunk, ignore }, wanted),
  )
}

interface BackwardInput {
  hidden: Tensor
  weight: Tensor | PackedMatrix
  /** Of the weight, whose gradient alone is wanted; all unless given. */
  rows: readonly number[] | undefined
  labels: Tensor
  /** `[tokens, 4]`: largest logit and sum of exponentials of each token. */
  state: Tensor
  /** `[2]`, of which the first counts. */
  gradient: Tensor
  /** The logits of the last chunk, which become their own gradient. */
  last: Tensor
  chunk: number
  ignore: number
}

/** Gradients of hidden and weight; the logits before the last chunk are computed again, chunk by chunk. */
function backward(
  { hidden, weight, rows, labels, state, gradient, last, chunk, ignore }: BackwardInput,
  wanted: readonly boolean[],
): [ofHidden: Tensor, ofWeight: Tensor | undefined] {
  const { device } = hidden
  const [tokens, size] = hidden.shape as [number, number]
  const words = weight.shape[0]!
  const ofWeight = wanted[1] ? Tensor.empty(device, [rows?.length ?? words, size]) : undefined
  let ofHidden: Tensor | undefined
  for (let begin = 0; begin < words && tokens > 0; begin += chunk) {
    using scope = device.scope()
    const columns = Math.min(chunk, words - begin)
    const table = denseRows(weight, begin, begin + columns) // [columns, size]
    const logits = begin + columns === words ? last : linear(hidden, table) // [tokens, columns]
    const variant = rowVariant(device, columns)
    device.run(crossEntropyBackwardKernel(variant), {
      bindings: [labels.buffer, state.buffer, gradient.buffer, logits.buffer],
      params: [tokens, rowUnits(variant, columns), begin, ignore],
      workgroups: workgroupGrid(device, tokens),
    })
    const before = ofHidden
    const part = matmul(logits, table) // [tokens, size]
    ofHidden = scope.keep(before ? add(before, part) : part)
    before?.dispose()
    const chosen = rows?.flatMap((row, place) => (row >= begin && row < begin + columns ? { row, place } : []))
    if (!ofWeight || chosen?.length === 0) continue
    const ofChunk = matmul(logits, hidden, { transposeA: true }) // [columns, size]
    const bytes = size * 4
    if (!chosen) device.copy(ofChunk.buffer, 0, ofWeight.buffer, begin * bytes, ofChunk.byteLength)
    for (const { row, place } of chosen ?? []) {
      device.copy(ofChunk.buffer, (row - begin) * bytes, ofWeight.buffer, place * bytes, bytes)
    }
  }
  return [ofHidden ?? Tensor.zeros(device, hidden.shape), ofWeight]
}

function chunkSize(hidden: Tensor, words: number, requested: number | undefined): number {
  const tokens = hidden.shape[0]!
  const { maxStorageBufferBindingSize, maxBufferSize } = hidden.device.limits
  const limit = Math.min(maxStorageBufferBindingSize, maxBufferSize) / 4
  const most = Math.floor(Math.min(CHUNK_ELEMENTS, limit) / tokens / ROW_GRANULE) * ROW_GRANULE
  const chunk = requested === undefined ? most : Math.ceil(requested / ROW_GRANULE) * ROW_GRANULE
  return Math.min(words, Math.max(ROW_GRANULE, chunk))
}

/** `linearCrossEntropy` in float64, the weight dense. */
export function linearCrossEntropyReference(
  hidden: ArrayLike<number>,
  weight: ArrayLike<number>,
  labels: ArrayLike<number>,
  size: number,
  ignoreIndex = -100,
): [sum: number, learned: number] {
  const words = weight.length / size
  let sum = 0
  let learned = 0
  for (let token = 0; token < labels.length; token++) {
    const label = labels[token]!
    if (label === ignoreIndex) continue
    const logits = Float64Array.from({ length: words }, (_, word) => {
      let product = 0
      for (let i = 0; i < size; i++) product += hidden[token * size + i]! * weight[word * size + i]!
      return product
    })
    const largest = logits.reduce((a, b) => Math.max(a, b))
    const total = logits.reduce((a, b) => a + Math.exp(b - largest), 0)
    sum += label >= 0 && label < words ? largest + Math.log(total) - logits[label]! : Number.NaN
    learned++
  }
  return [sum, learned]
}
