import { TensorError } from "../error/tensor-error.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { broadcastKernel, elementwiseGrid, sameShapeKernel } from "../kernels/elementwise.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { shapesEqual } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

/** The body of `add` and `multiply`: b has the shape of a, or that of its last axes and repeats over the others. */
export function binary(name: string, operator: "+" | "*", a: Tensor, b: Tensor): Tensor {
  expectDtype(name, "a", a, "f32")
  expectDtype(name, "b", b, "f32")
  const y = Tensor.empty(a.device, a.shape)
  const bindings = [a.buffer, b.buffer, y.buffer]
  if (shapesEqual(a.shape, b.shape)) {
    const { units, workgroups } = elementwiseGrid(a.device, a.size)
    a.device.run(sameShapeKernel({ name, operator }), { bindings, params: [units], workgroups })
    return y
  }
  if (b.shape.length > a.shape.length || !shapesEqual(a.shape.slice(a.shape.length - b.shape.length), b.shape)) {
    throw new TensorError(`${name}: b has shape [${b.shape}], expected [${a.shape}] or its last axes.`, {
      code: "shape-mismatch",
    })
  }
  a.device.run(broadcastKernel({ name, operator }), {
    bindings,
    params: [a.size, b.size],
    workgroups: workgroupGrid(a.device, Math.ceil(a.size / 64)),
  })
  return y
}
