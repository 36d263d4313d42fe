import { describe, expect, it } from "vitest"
import { testDevice } from "#testing"
import { defineKernel } from "../kernel/kernel.ts"
import { Tensor } from "../tensor/tensor.ts"
import { type Activation, activationCodes, activationFunctions, activationReference } from "./activations.ts"

const kernel = defineKernel({
  name: "activations_test",
  bindings: [
    { name: "x", type: "array<vec4f>" },
    { name: "y", type: "array<vec4f>", write: true },
  ],
  params: { size: "u32", code: "u32" },
  code: /* wgsl */ `${activationFunctions("vec4f")}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < params.size) { y[id.x] = activate_vec4f(x[id.x], params.code); }
}`,
})

async function activate(kind: Activation, values: Float32Array): Promise<Float32Array> {
  const device = await testDevice()
  using x = Tensor.from(device, values, [values.length])
  using y = Tensor.empty(device, [values.length])
  device.run(kernel, {
    bindings: [x.buffer, y.buffer],
    params: [values.length / 4, activationCodes[kind]],
    workgroups: [Math.ceil(values.length / 256)],
  })
  return (await y.read()) as Float32Array
}

const kinds = Object.keys(activationCodes) as Activation[]

describe.each(kinds)("the activation %s", (kind) => {
  it("is within 1e-6 of float64, relatively, near zero and in the tails", async () => {
    const values = Float32Array.from({ length: 4096 }, (_, i) => {
      const x = (i - 2048) / 400
      return i % 4 === 0 ? x * 1e-3 : x
    })
    const actual = await activate(kind, values)
    // Deep in the lower tail an exponential of a rounded argument decides: there the error is bounded absolutely.
    const errors = values.map((x, i) => {
      const expected = activationReference(kind, x)
      return Math.abs(actual[i]! - expected) / Math.max(Math.abs(expected), 0.05 * Math.abs(x), 1e-30)
    })
    expect(errors.reduce((a, b) => Math.max(a, b))).toBeLessThan(1e-6)
  })

  it("saturates for large inputs and passes NaN on", async () => {
    const actual = await activate(kind, Float32Array.from([1e4, -1e4, 88, -89, Number.NaN, 0, -0, 3e8]))
    expect(actual[0]).toBe(1e4)
    expect(Math.abs(actual[1]!)).toBeLessThan(1e-25)
    expect(actual[2]).toBe(88)
    expect(Math.abs(actual[3]!)).toBeLessThan(1e-25)
    expect(actual[4]).toBeNaN()
    expect(actual[5]).toBeCloseTo(0, 30)
    expect(actual[7]).toBe(Math.fround(3e8))
  })
})

describe("activationReference", () => {
  it("knows the exact GELU", () => {
    // erf(1 / √2) and erfc(5 / √2) as tabulated: 0.6826894921370859, 5.733031437583878e-7.
    expect(activationReference("gelu", 1)).toBeCloseTo(0.5 * (1 + 0.6826894921370859), 14)
    expect(activationReference("gelu", -5) / (-2.5 * 5.733031437583878e-7)).toBeCloseTo(1, 12)
  })
})
