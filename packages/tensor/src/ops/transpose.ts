import { recordGradient } from "../autograd/record-gradient.ts"
import { TensorError } from "../error/tensor-error.ts"
import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { expectWords } from "../tensor/expect-words.ts"
import { elementCount } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

const MAX_AXES = 5

const kernel = defineKernel({
  name: "transpose",
  bindings: [
    { name: "x", type: "array<u32>" },
    { name: "y", type: "array<u32>", write: true },
  ],
  params: {
    size: "u32",
    ...Object.fromEntries(Array.from({ length: MAX_AXES - 1 }, (_, axis) => [`size${axis + 1}`, "u32" as const])),
    ...Object.fromEntries(Array.from({ length: MAX_AXES }, (_, axis) => [`stride${axis}`, "u32" as const])),
  },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = (group.x + group.y * groups.x) * 64u + lane;
  if (at >= params.size) { return; }
  var rest = at;
  var source = 0u;
${Array.from({ length: MAX_AXES - 1 }, (_, i) => MAX_AXES - 1 - i)
  .map((axis) => `  source += (rest % params.size${axis}) * params.stride${axis};\n  rest /= params.size${axis};`)
  .join("\n")}
  source += rest * params.stride0;
  y[at] = x[source];
}`,
})

/** Matrices by blocks of four by four: a quarter of the loads and stores, which is what counts on processors. */
const blocksKernel = defineKernel({
  name: "transpose_blocks",
  bindings: [
    { name: "x", type: "array<vec4<u32>>" },
    { name: "y", type: "array<vec4<u32>>", write: true },
  ],
  params: { blocks: "u32", rows: "u32", columns: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let block = (group.x + group.y * groups.x) * 64u + lane;
  if (block >= params.blocks) { return; }
  let across = params.columns / 4u;
  let down = params.rows / 4u;
  let source = block / across * 4u * across + block % across;
  let a = x[source];
  let b = x[source + across];
  let c = x[source + 2u * across];
  let d = x[source + 3u * across];
  let result = block % across * 4u * down + block / across;
  y[result] = vec4u(a.x, b.x, c.x, d.x);
  y[result + down] = vec4u(a.y, b.y, c.y, d.y);
  y[result + 2u * down] = vec4u(a.z, b.z, c.z, d.z);
  y[result + 3u * down] = vec4u(a.w, b.w, c.w, d.w);
}`,
})

/** Axis i of the result is axis `permutation[i]` of x; up to five axes, elements of four bytes. */
export function transpose(x: Tensor, permutation: readonly number[]): Tensor {
  expectWords("transpose", x)
  const axes = x.shape.length
  if (
    permutation.length !== axes ||
    new Set(permutation).size !== axes ||
    permutation.some((axis) => !(axis in x.shape))
  ) {
    throw new TensorError(`transpose: [${permutation}] does not permute the axes of shape [${x.shape}].`, {
      code: "shape-mismatch",
    })
  }
  if (axes > MAX_AXES) {
    throw new TensorError(`transpose: ${axes} axes, at most ${MAX_AXES}.`, {
      code: "shape-mismatch",
      fix: "Reshape neighbouring axes into one.",
    })
  }
  const y = Tensor.empty(
    x.device,
    permutation.map((axis) => x.shape[axis]!),
    x.dtype,
  )
  const inverse = permutation.map((_, axis) => permutation.indexOf(axis))
  const record = () => recordGradient(y, [x], [], (gradient) => [transpose(gradient, inverse)])
  const [rows = 0, columns = 0] = x.shape
  if (axes === 2 && permutation[0] === 1 && rows % 4 === 0 && columns % 4 === 0) {
    const blocks = x.size / 16
    x.device.run(blocksKernel, {
      bindings: [x.buffer, y.buffer],
      params: [blocks, rows, columns],
      workgroups: workgroupGrid(x.device, Math.ceil(blocks / 64)),
    })
    return record()
  }
  const missing = new Array<number>(MAX_AXES - axes).fill(1)
  const sizes = [...missing, ...y.shape]
  const strides = [...missing, ...permutation.map((axis) => elementCount(x.shape.slice(axis + 1)))]
  x.device.run(kernel, {
    bindings: [x.buffer, y.buffer],
    params: [x.size, ...sizes.slice(1), ...strides],
    workgroups: workgroupGrid(x.device, Math.ceil(x.size / 64)),
  })
  return record()
}

/** `transpose` on the host. */
export function transposeReference(
  x: ArrayLike<number>,
  shape: readonly number[],
  permutation: readonly number[],
): number[] {
  const sizes = permutation.map((axis) => shape[axis]!)
  const strides = permutation.map((axis) => elementCount(shape.slice(axis + 1)))
  return Array.from({ length: elementCount(shape) }, (_, at) => {
    let rest = at
    let source = 0
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      source += (rest % sizes[axis]!) * strides[axis]!
      rest = Math.floor(rest / sizes[axis]!)
    }
    return x[source]!
  })
}
