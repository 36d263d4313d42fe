import { defineKernel } from "../kernel/kernel.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import { elementCount } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"

const LANES = 64

const kernel = defineKernel({
  name: "arg_max",
  bindings: [
    { name: "x", type: "array<f32>" },
    { name: "best", type: "array<i32>", write: true },
  ],
  params: { rows: "u32", width: "u32" },
  code: /* wgsl */ `
var<workgroup> values: array<f32, ${LANES}>;
var<workgroup> places: array<u32, ${LANES}>;

@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  var value = -3.402823466e38;
  var place = 0xffffffffu;
  for (var i = lane; i < params.width; i += ${LANES}u) {
    let candidate = x[row * params.width + i];
    if (candidate > value || (place == 0xffffffffu && candidate == value)) { value = candidate; place = i; }
  }
  values[lane] = value;
  places[lane] = place;
  workgroupBarrier();
  for (var step = ${LANES / 2}u; step > 0u; step /= 2u) {
    if (lane < step) {
      let other = values[lane + step];
      let other_place = places[lane + step];
      if (other > values[lane] || (other == values[lane] && other_place < places[lane])) {
        values[lane] = other;
        places[lane] = other_place;
      }
    }
    workgroupBarrier();
  }
  if (lane == 0u) { best[row] = select(i32(places[0]), 0, places[0] == 0xffffffffu); }
}`,
})

/**
 * The index of the largest element along the last axis, i32 `[...]`. The lowest index wins ties, NaN is never chosen,
 * and a row without any finite element gives 0.
 */
export function argMax(x: Tensor): Tensor {
  const width = x.shape.at(-1) ?? 1
  const best = Tensor.empty(x.device, x.shape.slice(0, -1), "i32")
  const rows = elementCount(best.shape)
  x.device.run(kernel, {
    bindings: [x.buffer, best.buffer],
    params: [rows, width],
    workgroups: workgroupGrid(x.device, rows),
  })
  return best
}

/** `argMax` on the host. */
export function argMaxReference(x: ArrayLike<number>, width: number): number[] {
  return Array.from({ length: x.length / width }, (_, row) => {
    let place = -1
    for (let i = 0; i < width; i++) {
      const value = x[row * width + i]!
      if (Number.isNaN(value)) continue
      if (place < 0 || value > x[row * width + place]!) place = i
    }
    return Math.max(place, 0)
  })
}
