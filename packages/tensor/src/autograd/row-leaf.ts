import { TensorError } from "../error/tensor-error.ts"
import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import type { Shape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import { GradientLeaf } from "./gradient-leaf.ts"

const placesKernel = defineKernel({
  name: "row_places",
  bindings: [
    { name: "rows", type: "array<i32>" },
    { name: "ids", type: "array<i32>" },
    { name: "places", type: "array<i32>", write: true },
  ],
  params: { size: "u32", count: "u32" },
  code: /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.size) { return; }
  var place = -1;
  for (var row = 0u; row < params.count; row++) { if (rows[row] == ids[i]) { place = i32(row); } }
  places[i] = place;
}`,
})

/**
 * The end of the flow for a matrix `[count, width]` of which some rows alone are trained: its gradient has these rows,
 * `[rows, width]`. Rules may hand over that much, or the gradient of the whole matrix.
 */
export class RowLeaf extends GradientLeaf {
  /** Numbers of the rows, in ascending order. */
  readonly rows: readonly number[]
  readonly #width: number

  /** Errors: "shape-mismatch" for what is no matrix, "row-range" for no row, one that there is not, or one named twice. */
  constructor(rows: readonly number[], shape: Shape) {
    super()
    const [count, width] = shape
    if (shape.length !== 2 || count === undefined || width === undefined) {
      throw new TensorError(`Rows of a parameter of shape [${shape}] cannot be trained alone.`, {
        code: "shape-mismatch",
        fix: "Name a matrix, such as a table of embeddings.",
      })
    }
    const isRow = (row: number, at: number) =>
      Number.isInteger(row) && row >= 0 && row < count && rows.indexOf(row) === at
    if (rows.length === 0 || !rows.every(isRow)) {
      throw new TensorError(`Rows [${rows}] of a matrix of ${count}: each must be there, and once.`, {
        code: "row-range",
      })
    }
    this.rows = rows.toSorted((a, b) => a - b)
    this.#width = width
  }

  /** Shape of the gradient: `[rows, width]`. */
  get shape(): Shape {
    return [this.rows.length, this.#width]
  }

  /** ids i32 `[...]` -> where each stands among the rows, `[...]`, or -1. */
  places(ids: Tensor): Tensor {
    const { device } = ids
    const places = Tensor.empty(device, ids.shape, "i32")
    using rows = Tensor.from(device, Int32Array.from(this.rows), [this.rows.length])
    device.run(placesKernel, {
      bindings: [rows.buffer, ids.buffer, places.buffer],
      params: [ids.size, this.rows.length],
      workgroups: workgroupGrid(device, Math.ceil(ids.size / 64)),
    })
    return places
  }

  /** Copies the rows out of a matrix `[count, width]` of f32 -> `[rows, width]`. */
  gather(matrix: Tensor): Tensor {
    const { device } = matrix
    const chosen = Tensor.empty(device, this.shape)
    const bytes = 4 * this.#width
    for (const [place, row] of this.rows.entries()) {
      device.copy(matrix.buffer, row * bytes, chosen.buffer, place * bytes, bytes)
    }
    return chosen
  }

  /** Copies `[rows, width]` to where they belong in a matrix of f32, in place. */
  scatter(chosen: Tensor, matrix: Tensor): void {
    const bytes = 4 * this.#width
    for (const [place, row] of this.rows.entries()) {
      matrix.device.copy(chosen.buffer, place * bytes, matrix.buffer, row * bytes, bytes)
    }
  }

  override accumulate(gradient: Tensor): void {
    if (gradient.shape[0] === this.rows.length) {
      super.accumulate(gradient)
      return
    }
    using chosen = this.gather(gradient).retain()
    super.accumulate(chosen)
  }
}
