import { recordGradient } from "../autograd/record-gradient.ts"
import { TensorError } from "../error/tensor-error.ts"
import { defineKernel } from "../kernel/kernel.ts"
import { kernelFamily } from "../kernel/kernel-family.ts"
import { workgroupGrid } from "../kernel/workgroup-grid.ts"
import type { DType } from "../tensor/dtype.ts"
import { Tensor } from "../tensor/tensor.ts"

type CastType = "f32" | "f16" | "i32"

/** WGSL that reads elements 2i and 2i + 1 as vec2f, and that writes them. */
const reads: Record<CastType, string> = {
  f32: "vec2f(x[2u * i], x[2u * i + 1u])",
  i32: "vec2f(f32(x[2u * i]), f32(x[2u * i + 1u]))",
  f16: "unpack2x16float(x[i])",
}
const writes: Record<CastType, string> = {
  f32: "y[2u * i] = value.x; y[2u * i + 1u] = value.y;",
  i32: "y[2u * i] = i32(value.x); y[2u * i + 1u] = i32(value.y);",
  f16: "y[i] = half_bits(value.x) | (half_bits(value.y) << 16u);",
}
const elements: Record<CastType, string> = { f32: "f32", i32: "i32", f16: "u32" }

/** f32 to f16 in integers: `pack2x16float` may round either way and leaves what overflows undefined. */
const halfBits = /* wgsl */ `
fn half_bits(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  let sign = (bits >> 16u) & 0x8000u;
  let magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) { return sign | 0x7e00u; }
  if (magnitude >= 0x477ff000u) { return sign | 0x7c00u; }
  if (magnitude >= 0x38800000u) {
    let rebased = magnitude - 0x38000000u;
    return sign | ((rebased + 0xfffu + ((rebased >> 13u) & 1u)) >> 13u);
  }
  if (magnitude <= 0x33000000u) { return sign; }
  // Subnormal: the leading one becomes explicit and moves right, rounding to even.
  let shift = 126u - (magnitude >> 23u);
  let fraction = (magnitude & 0x7fffffu) | 0x800000u;
  return sign | ((fraction + (1u << (shift - 1u)) - 1u + ((fraction >> shift) & 1u)) >> shift);
}`

const kernelFor = kernelFamily(({ from, to }: { from: CastType; to: CastType }) =>
  defineKernel({
    name: `cast_${from}_${to}`,
    bindings: [
      { name: "x", type: `array<${elements[from]}>` },
      { name: "y", type: `array<${elements[to]}>`, write: true },
    ],
    params: { pairs: "u32" },
    code: /* wgsl */ `
${to === "f16" ? halfBits : ""}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.pairs) { return; }
  let value = ${reads[from]};
  ${writes[to]}
}`,
  }),
)

/**
 * The elements in another type. To f16: rounded to the nearest, ties to even, infinity past 65504. To i32: truncated,
 * and held to its range. i32 beyond 2 ** 24 loses its last bits on the way. Errors: "dtype-mismatch" for u32.
 */
export function cast(x: Tensor, dtype: CastType): Tensor {
  const y = Tensor.empty(x.device, x.shape, dtype)
  if (x.dtype === dtype) {
    x.device.copy(x.buffer, 0, y.buffer, 0, Math.ceil(x.byteLength / 4) * 4)
    return recordCast(x, y)
  }
  const pairs = Math.ceil(x.size / 2)
  x.device.run(kernelFor({ from: castType(x.dtype), to: dtype }), {
    bindings: [x.buffer, y.buffer],
    params: [pairs],
    workgroups: workgroupGrid(x.device, Math.ceil(pairs / 64)),
  })
  return recordCast(x, y)
}

/** Gradients are f32 whatever the values are stored as; integers have none. */
function recordCast(x: Tensor, y: Tensor): Tensor {
  return y.dtype === "i32" ? y : recordGradient(y, [x], [], (gradient) => [gradient])
}

function castType(dtype: DType): CastType {
  if (dtype !== "u32") return dtype
  throw new TensorError("cast: x is u32, expected f32, f16 or i32.", { code: "dtype-mismatch" })
}
