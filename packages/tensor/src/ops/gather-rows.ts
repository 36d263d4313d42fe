import { recordGradient } from "../autograd/record-gradient.ts"
import { TensorError } from "../error/tensor-error.ts"
import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { expectWords } from "../tensor/expect-words.ts"
import { elementCount } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { scatterRows } from "./scatter-rows.ts"

const kernel = defineKernel({
  name: "gather_rows",
  bindings: [
    { name: "rows", type: "array<u32>" },
    { name: "index", type: "array<i32>" },
    { name: "chosen", type: "array<u32>", write: true },
  ],
  params: { size: "u32", width: "u32", count: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.size) { return; }
  let row = min(u32(index[i / params.width]), params.count - 1u);
  chosen[i] = rows[row * params.width + i % params.width];
}`,
})

/** Rows of `x` `[n, width]` by i32 `index` `[...]` -> `[..., width]`. Indices must be in range. */
export function gatherRows(x: Tensor, index: Tensor): Tensor {
  expectWords("gatherRows", x)
  const [count, width] = x.shape
  if (x.shape.length !== 2 || count === undefined || width === undefined || index.dtype !== "i32") {
    throw new TensorError(`gatherRows: rows of [${x.shape}] by ${index.dtype} indices.`, { code: "shape-mismatch" })
  }
  const chosen = Tensor.empty(x.device, [...index.shape, width], x.dtype)
  const size = elementCount(chosen.shape)
  x.device.run(kernel, {
    bindings: [x.buffer, index.buffer, chosen.buffer],
    params: [size, width, count],
    workgroups: workgroupGrid(x.device, Math.ceil(size / 64)),
  })
  return recordGradient(chosen, [x], [index], (gradient, [index]) => [scatterRows(gradient, index, count)])
}

/** `gatherRows` on the host. */
export function gatherRowsReference(x: ArrayLike<number>, width: number, index: ArrayLike<number>): number[] {
  return Array.from(index).flatMap((row) => Array.from(x).slice(row * width, (row + 1) * width))
}
