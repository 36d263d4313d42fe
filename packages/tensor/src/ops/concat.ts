import { recordGradient } from "../autograd/record-gradient.ts"
import { TensorError } from "../error/tensor-error.ts"
import { copyBlocks } from "../kernels/copy-blocks.ts"
import { expectWords } from "../tensor/expect-words.ts"
import { elementCount, expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { slice } from "./slice.ts"

/** Joins tensors along one axis; all other sizes must be equal. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors
  if (!first || first.shape[axis] === undefined) {
    throw new TensorError(`concat: axis ${axis} of ${first ? `[${first.shape}]` : "no tensors"}.`, {
      code: "shape-mismatch",
    })
  }
  for (const [index, tensor] of tensors.entries()) {
    expectWords("concat", tensor)
    expectShape("concat", `tensor ${index}`, tensor.shape, first.shape.with(axis, tensor.shape[axis] ?? 0))
    if (tensor.dtype !== first.dtype) {
      throw new TensorError(`concat: tensor ${index} is ${tensor.dtype}, the first ${first.dtype}.`, { code: "dtype" })
    }
  }
  const length = tensors.reduce((sum, tensor) => sum + tensor.shape[axis]!, 0)
  const inner = elementCount(first.shape.slice(axis + 1))
  const outer = elementCount(first.shape.slice(0, axis))
  const result = Tensor.empty(first.device, first.shape.with(axis, length), first.dtype)
  let offset = 0
  for (const tensor of tensors) {
    const block = tensor.shape[axis]! * inner
    copyBlocks(
      first.device,
      tensor,
      { stride: block, offset: 0 },
      result,
      { stride: length * inner, offset },
      block,
      outer,
    )
    offset += block
  }
  return recordGradient(result, tensors, [], (gradient, _, wanted) => {
    let begin = 0
    return tensors.map((tensor, index) => {
      const end = begin + tensor.shape[axis]!
      const part = wanted[index] ? slice(gradient, axis, begin, end) : undefined
      begin = end
      return part
    })
  })
}

/** `concat` on the host. */
export function concatReference(
  tensors: readonly { values: ArrayLike<number>; shape: readonly number[] }[],
  axis: number,
): number[] {
  const outer = elementCount(tensors[0]!.shape.slice(0, axis))
  return Array.from({ length: outer }, (_, index) =>
    tensors.flatMap(({ values, shape }) => {
      const block = elementCount(shape.slice(axis))
      return Array.from(values).slice(index * block, (index + 1) * block)
    }),
  ).flat()
}
