import { describe, expect, it } from "vitest"
import { evaluate, expectClose, kernelVariants, randomValues, testDevice } from "#testing"
import { activationReference } from "../kernels/activations.ts"
import { Tensor } from "../tensor/tensor.ts"
import { activation } from "./activation.ts"
import { add, addReference } from "./add.ts"
import { exp, expReference } from "./exp.ts"
import { multiply, multiplyReference } from "./multiply.ts"
import { scale, scaleReference } from "./scale.ts"
import { siluProduct, siluProductReference } from "./silu-product.ts"

const kinds = ["quick_gelu", "gelu", "gelu_tanh", "silu", "relu"] as const

describe.each(kernelVariants)("elementwise operations (%s kernels)", (kernels) => {
  it.each([1, 3, 64, 65, 256, 257, 5000])("equal their references for %i elements", async (size) => {
    const device = await testDevice(kernels)
    const a = randomValues(size, 1)
    const b = randomValues(size, 2)
    const [x, y] = [() => Tensor.from(device, a, [size]), () => Tensor.from(device, b, [size])]
    expectClose(await evaluate(device, () => add(x(), y())), addReference(a, b), 1e-6)
    expectClose(await evaluate(device, () => multiply(x(), y())), multiplyReference(a, b), 1e-6)
    expectClose(await evaluate(device, () => scale(x(), -2.5)), scaleReference(a, -2.5), 1e-6)
    expectClose(await evaluate(device, () => exp(x())), expReference(a), 1e-6)
    expectClose(await evaluate(device, () => siluProduct(x(), y())), siluProductReference(a, b), 1e-6)
  })

  it.each([
    [[2, 3, 5], [5]],
    [
      [2, 3, 5],
      [3, 5],
    ],
    [[7, 64], [64]],
    [[4], []],
  ])("repeat b over leading axes: %j and %j", async (shape, suffix) => {
    const device = await testDevice(kernels)
    const count = (sizes: number[]) => sizes.reduce((a, b) => a * b, 1)
    const a = randomValues(count(shape), 1)
    const b = randomValues(count(suffix), 2)
    const operands = () => [Tensor.from(device, a, shape), Tensor.from(device, b, suffix)] as const
    expectClose(await evaluate(device, () => add(...operands())), addReference(a, b), 1e-6)
    expectClose(await evaluate(device, () => multiply(...operands())), multiplyReference(a, b), 1e-6)
  })

  it.each(kinds)("activation %s equals its reference, tails included", async (kind) => {
    const device = await testDevice(kernels)
    const values = Float32Array.from({ length: 2001 }, (_, i) => (i - 1000) / 50)
    const y = await evaluate(device, () => activation(Tensor.from(device, values, [3, 667]), kind))
    const expected = values.map((x) => activationReference(kind, x))
    for (const [i, value] of expected.entries()) {
      expect(Math.abs(y[i]! - value), `at ${values[i]}`).toBeLessThanOrEqual(1e-6 * (0.3 + Math.abs(value)))
    }
  })

  it("carry infinities and NaN along", async () => {
    const device = await testDevice(kernels)
    const odd = Float32Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1)
    const ones = new Float32Array(4).fill(1)
    const y = await evaluate(device, () => add(Tensor.from(device, odd, [4]), Tensor.from(device, ones, [4])))
    expect(y).toEqual(Float32Array.from(addReference(odd, ones)))
  })

  it("refuse shapes that do not fit, naming the operand", async () => {
    const device = await testDevice(kernels)
    using _ = device.scope()
    const zeros = (...shape: number[]) => Tensor.zeros(device, shape)
    expect(() => add(zeros(2, 3), zeros(2))).toThrow("add: b has shape [2], expected [2,3] or its last axes")
    expect(() => multiply(zeros(3), zeros(2, 3))).toThrow("multiply: b has shape [2,3]")
    expect(() => siluProduct(zeros(2, 3), zeros(3))).toThrow("siluProduct: up has shape [3], expected [2,3]")
    expect(() => scale(Tensor.zeros(device, [2], "i32"), 2)).toThrow("scale: x is i32, expected f32")
  })
})
