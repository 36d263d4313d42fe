import { defineKernel } from "../kernel/kernel.ts"

export const MAX_TOP = 256

/**
 * The k largest of each row, one workgroup per row. A radix selection finds the k-th place in the order "larger value
 * first, then lower index", eight bits at a time: four passes over the bits of the values and, where values tie at the
 * boundary, four over those of the indices. What lies before that place is collected and ranked by counting.
 */
export const topKKernel = defineKernel({
  name: "top_k",
  bindings: [
    { name: "x", type: "array<f32>" },
    { name: "values", type: "array<f32>", write: true },
    { name: "indices", type: "array<i32>", write: true },
  ],
  params: { rows: "u32", width: "u32", k: "u32" },
  code: /* wgsl */ `
const LANES = 256u;
var<workgroup> histogram: array<atomic<u32>, 256>;
var<workgroup> chosen_digit: u32;
var<workgroup> still_wanted: u32;
var<workgroup> digit_count: u32;
var<workgroup> collected: atomic<u32>;
var<workgroup> found_orders: array<u32, ${MAX_TOP}>;
var<workgroup> found_places: array<u32, ${MAX_TOP}>;

/** An unsigned number that orders as the float does; zeros are equal, NaN comes last. */
fn order_of(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0u; }
  if ((bits & 0x7fffffffu) == 0u) { return 0x80000000u; }
  return select(bits | 0x80000000u, ~bits, (bits >> 31u) == 1u);
}

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.x + group.y * groups.x;
  if (row >= params.rows) { return; }
  let start = row * params.width;

  // Places are complemented, so that a lower one is larger, as a larger value is.
  var order_prefix = 0u;
  var place_prefix = 0u;
  var order_mask = 0u;
  var place_mask = 0u;
  var wanted = params.k;
  for (var pass_index = 0u; pass_index < 8u; pass_index++) {
    let shift = 24u - 8u * (pass_index % 4u);
    atomicStore(&histogram[lane], 0u);
    workgroupBarrier();
    for (var i = lane; i < params.width; i += LANES) {
      let order = order_of(x[start + i]);
      if ((order & order_mask) != order_prefix || (~i & place_mask) != place_prefix) { continue; }
      let digits = select(~i, order, pass_index < 4u);
      atomicAdd(&histogram[(digits >> shift) & 255u], 1u);
    }
    workgroupBarrier();
    if (lane == 0u) {
      var digit = 255u;
      var left = wanted;
      var count = atomicLoad(&histogram[digit]);
      while (count < left) {
        left -= count;
        digit--;
        count = atomicLoad(&histogram[digit]);
      }
      chosen_digit = digit;
      still_wanted = left;
      digit_count = count;
    }
    let digit = workgroupUniformLoad(&chosen_digit);
    wanted = workgroupUniformLoad(&still_wanted);
    let count = workgroupUniformLoad(&digit_count);
    if (pass_index < 4u) {
      order_prefix |= digit << shift;
      order_mask |= 255u << shift;
    } else {
      place_prefix |= digit << shift;
      place_mask |= 255u << shift;
    }
    if (count == wanted) { break; } // all of this digit belong to the k
  }

  for (var i = lane; i < params.width; i += LANES) {
    let order = order_of(x[start + i]) ;
    let high = order & order_mask;
    if (high < order_prefix || (high == order_prefix && (~i & place_mask) < place_prefix)) { continue; }
    let slot = atomicAdd(&collected, 1u);
    found_orders[slot] = order;
    found_places[slot] = i;
  }
  workgroupBarrier();
  if (lane >= params.k) { return; }
  let order = found_orders[lane];
  let place = found_places[lane];
  var rank = 0u;
  for (var i = 0u; i < params.k; i++) {
    let other = found_orders[i];
    if (other > order || (other == order && found_places[i] < place)) { rank++; }
  }
  values[row * params.k + rank] = x[start + place];
  indices[row * params.k + rank] = i32(place);
}`,
})
