import { recordGradient } from "../autograd/record-gradient.ts"
import { TensorError } from "../error/tensor-error.ts"
import { copyBlocks } from "../kernels/copy-blocks.ts"
import { expectWords } from "../tensor/expect-words.ts"
import { elementCount } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

/** Indices `[begin, end)` along one axis. Errors: "slice-range". */
export function slice(x: Tensor, axis: number, begin: number, end: number): Tensor {
  expectWords("slice", x)
  const length = x.shape[axis]
  if (length === undefined || begin < 0 || end > length || begin > end) {
    throw new TensorError(`slice: [${begin}, ${end}) of axis ${axis} of [${x.shape}].`, { code: "slice-range" })
  }
  const inner = elementCount(x.shape.slice(axis + 1))
  const result = Tensor.empty(x.device, x.shape.with(axis, end - begin), x.dtype)
  const block = (end - begin) * inner
  const outer = elementCount(x.shape.slice(0, axis))
  copyBlocks(
    x.device,
    x,
    { stride: length * inner, offset: begin * inner },
    result,
    { stride: block, offset: 0 },
    block,
    outer,
  )
  return recordGradient(result, [x], [], (gradient) => {
    const dx = Tensor.zeros(x.device, x.shape)
    copyBlocks(
      x.device,
      gradient,
      { stride: block, offset: 0 },
      dx,
      { stride: length * inner, offset: begin * inner },
      block,
      outer,
    )
    return [dx]
  })
}

/** `slice` on the host. */
export function sliceReference(
  x: ArrayLike<number>,
  shape: readonly number[],
  axis: number,
  begin: number,
  end: number,
): number[] {
  const inner = elementCount(shape.slice(axis + 1))
  const length = shape[axis]!
  return Array.from(x).filter((_, i) => {
    const along = Math.floor(i / inner) % length
    return along >= begin && along < end
  })
}
