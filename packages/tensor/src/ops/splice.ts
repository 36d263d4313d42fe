import { recordGradient } from "../autograd/record-gradient.ts"
import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { elementCount, expectShape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { scatterRows } from "./scatter-rows.ts"

/** The index that leaves a row zero. */
const NOTHING = -(2 ** 31)

const kernel = defineKernel({
  name: "splice",
  bindings: [
    { name: "text", type: "array<f32>" },
    { name: "image", type: "array<f32>" },
    { name: "index", type: "array<i32>" },
    { name: "spliced", type: "array<f32>", write: true },
  ],
  params: { size: "u32", width: "u32", text_rows: "u32", image_rows: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.size) { return; }
  let column = i % params.width;
  let place = index[i / params.width];
  var value = 0.0;
  if (place >= 0) {
    value = text[min(u32(place), params.text_rows - 1u) * params.width + column];
  } else if (place != ${NOTHING + 1} - 1) {
    value = image[min(u32(-1 - place), params.image_rows - 1u) * params.width + column];
  }
  spliced[i] = value;
}`,
})

/**
 * Rows of two tensors in a given order: text `[n, width]`, image `[m, width]`, index i32 `[...]` -> `[..., width]`.
 * An index i >= 0 takes text row i, -1 - j takes image row j, -2147483648 leaves zeros. Indices must be in range.
 */
export function splice(text: Tensor, image: Tensor, index: Tensor): Tensor {
  const [textRows, width] = text.shape as [number, number]
  const [imageRows] = image.shape as [number, number]
  expectShape("splice", "image", image.shape, [imageRows, width])
  const spliced = Tensor.empty(text.device, [...index.shape, width])
  const size = elementCount(spliced.shape)
  text.device.run(kernel, {
    bindings: [text.buffer, image.buffer, index.buffer, spliced.buffer],
    params: [size, width, textRows, imageRows],
    workgroups: workgroupGrid(text.device, Math.ceil(size / 64)),
  })
  return recordGradient(spliced, [text, image], [index], (gradient, [index], wanted) => [
    wanted[0] ? scatterRows(gradient, index, textRows) : undefined,
    wanted[1] ? scatterRows(gradient, index, imageRows, { fromEnd: true }) : undefined,
  ])
}

/** `splice` on the host. */
export function spliceReference(
  text: ArrayLike<number>,
  image: ArrayLike<number>,
  index: ArrayLike<number>,
  width: number,
): number[] {
  return Array.from(index).flatMap((place) => {
    if (place === NOTHING) return new Array<number>(width).fill(0)
    const [source, row] = place >= 0 ? [text, place] : [image, -1 - place]
    return Array.from(source).slice(row * width, (row + 1) * width)
  })
}
