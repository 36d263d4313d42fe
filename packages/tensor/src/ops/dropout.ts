import { recordGradient } from "../autograd/record-gradient.ts"
import { elementwiseGrid, elementwiseKernel } from "../kernels/elementwise.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { Tensor } from "../tensor/tensor.ts"

const kernel = elementwiseKernel({
  name: "dropout",
  operands: ["x"],
  params: { seed: "u32", keep: "f32" },
  functions: /* wgsl */ `
/** A permutation of 32-bit integers that scatters neighbours (PCG: O'Neill 2014; Jarzynski and Olano 2020). */
fn scatter(value: vec4u) -> vec4u {
  let state = value * 747796405u + 2891336453u;
  let word = ((state >> ((state >> vec4u(28u)) + 4u)) ^ state) * 277803737u;
  return (word >> vec4u(22u)) ^ word;
}
fn mask(i: u32) -> vec4f {
  let drawn = scatter(scatter(4u * i + vec4u(0u, 1u, 2u, 3u)) ^ vec4u(params.seed));
  return select(vec4f(), vec4f(1.0 / params.keep), vec4f(drawn >> vec4u(8u)) < vec4f(params.keep * 16777216.0));
}`,
  expression: "x[i] * mask(i)",
})

/**
 * Each element becomes 0 with the given probability, else it is divided by what is left of 1 (Srivastava et al. 2014);
 * f32, any shape. The same seed drops the same elements, whatever the adapter.
 */
export function dropout(x: Tensor, probability: number, seed: number): Tensor {
  expectDtype("dropout", "x", x, "f32")
  if (probability === 0) return x
  const y = Tensor.empty(x.device, x.shape)
  const { units, workgroups } = elementwiseGrid(x.device, x.size)
  x.device.run(kernel, { bindings: [x.buffer, y.buffer], params: [units, seed, 1 - probability], workgroups })
  return recordGradient(y, [x], [], (gradient) => [dropout(gradient, probability, seed)])
}

/** `dropout` on the host. */
export function dropoutReference(x: ArrayLike<number>, probability: number, seed: number): Float64Array {
  const keep = Math.fround(1 - probability)
  const scatter = (value: number) => {
    const state = (Math.imul(value, 747796405) + 2891336453) >>> 0
    const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0
    return ((word >>> 22) ^ word) >>> 0
  }
  return Float64Array.from(x, (value, i) => {
    const drawn = scatter((scatter(i) ^ seed) >>> 0)
    return drawn >>> 8 < keep * 16777216 ? value / keep : 0
  })
}
