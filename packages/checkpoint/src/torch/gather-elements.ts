import { alignedBytes } from "../dtype/aligned-bytes.ts"
import type { TorchTensor } from "./torch-tensor.ts"

/** The part of the storage, in elements, that elements `[first, first + count)` of the view touch. */
export function storageSpan(tensor: TorchTensor, first: number, count: number): { begin: number; end: number } {
  let begin = Number.POSITIVE_INFINITY
  let end = 0
  forEachRun(tensor, first, count, (from, length, step) => {
    begin = Math.min(begin, from)
    end = Math.max(end, from + (length - 1) * step + 1)
  })
  return { begin, end }
}

/**
 * Elements `[first, first + count)` of the view, row by row, out of `bytes`, which hold the storage from element
 * `storageBegin` on. Bits are copied, never converted.
 */
export function gatherElements(
  tensor: TorchTensor,
  first: number,
  count: number,
  bytes: Uint8Array,
  storageBegin: number,
): Uint8Array {
  // Eight-byte elements are moved as two words: their bits need not be a number that survives a conversion.
  const words = tensor.dtype.bytes === 8 ? 2 : 1
  const wordBytes = tensor.dtype.bytes / words
  const from = wordsOf(bytes, wordBytes)
  const to = wordsOf(new Uint8Array(count * tensor.dtype.bytes), wordBytes)
  let next = 0
  forEachRun(tensor, first, count, (begin, length, step) => {
    let at = (begin - storageBegin) * words
    for (let i = 0; i < length; i++, at += step * words) {
      to[next++] = from[at]!
      if (words === 2) to[next++] = from[at + 1]!
    }
  })
  return new Uint8Array(to.buffer)
}

function wordsOf(bytes: Uint8Array, wordBytes: number): Uint8Array | Uint16Array | Uint32Array {
  const { buffer, byteOffset, byteLength } = alignedBytes(bytes, wordBytes)
  if (wordBytes === 4) return new Uint32Array(buffer, byteOffset, byteLength / 4)
  if (wordBytes === 2) return new Uint16Array(buffer, byteOffset, byteLength / 2)
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Walks elements `[first, first + count)` in row-major order, as runs along the innermost dimension. */
function forEachRun(
  { shape, stride, offset }: TorchTensor,
  first: number,
  count: number,
  visit: (storageIndex: number, length: number, step: number) => void,
): void {
  const inner = shape.at(-1) ?? 1
  const step = stride.at(-1) ?? 1
  const outerShape = shape.slice(0, -1)
  let row = Math.floor(first / inner)
  let column = first % inner
  const index = outerShape.map(() => 0)
  let start = offset
  for (let dimension = outerShape.length - 1; dimension >= 0; dimension--) {
    index[dimension] = row % outerShape[dimension]!
    row = Math.floor(row / outerShape[dimension]!)
    start += index[dimension]! * stride[dimension]!
  }
  for (let left = count; left > 0; ) {
    const length = Math.min(left, inner - column)
    visit(start + column * step, length, step)
    left -= length
    column = 0
    for (let dimension = outerShape.length - 1; dimension >= 0; dimension--) {
      start += stride[dimension]!
      if (++index[dimension]! < outerShape[dimension]!) break
      start -= index[dimension]! * stride[dimension]!
      index[dimension] = 0
    }
  }
}
