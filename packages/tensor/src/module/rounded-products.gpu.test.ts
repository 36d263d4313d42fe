import { describe, expect, it } from "vitest"
import { expectClose, kernelVariants, randomValues, testDevice } from "#testing"
import { multiply } from "../ops/multiply.ts"
import { sum } from "../ops/sum.ts"
import { Tensor } from "../tensor/tensor.ts"
import { Linear } from "./linear.ts"

const [rows, inputs, outputs] = [48, 36, 40]

/** What a product with rounded weights, and its gradients, are in float64. */
function expected(x: Float32Array, weight: Float32Array, y: Float32Array) {
  const rounded = new Float16Array(weight)
  const product = new Float64Array(rows * outputs)
  const ofX = new Float64Array(rows * inputs)
  const ofWeight = new Float64Array(outputs * inputs)
  for (let row = 0; row < rows; row++) {
    for (let output = 0; output < outputs; output++) {
      for (let i = 0; i < inputs; i++) {
        const [at, of] = [row * inputs + i, output * inputs + i]
        product[row * outputs + output]! += x[at]! * rounded[of]!
        ofX[at]! += y[row * outputs + output]! * rounded[of]!
        ofWeight[of]! += y[row * outputs + output]! * x[at]!
      }
    }
  }
  return { product, ofX, ofWeight }
}

describe.each(kernelVariants)("a Linear whose products are rounded, with the %s kernels", (variant) => {
  it("reads f16, and hands gradients to its f32 weights", async () => {
    const device = await testDevice(variant)
    const { liveBuffers } = device.memory
    {
      using layer = new Linear(inputs, outputs, { bias: false })
      using before = new Linear(inputs, inputs, { bias: false })
      const [values, weight] = [randomValues(rows * inputs), randomValues(outputs * inputs, 2)]
      const identity = Float32Array.from({ length: inputs ** 2 }, (_, i) => (i % (inputs + 1) === 0 ? 1 : 0))
      layer.weight.set(Tensor.from(device, weight, [outputs, inputs]))
      before.weight.set(Tensor.from(device, identity, [inputs, inputs]))
      for (const { weight } of [layer, before]) weight.trainable = true
      const incoming = randomValues(rows * outputs, 3)
      using x = Tensor.from(device, values, [rows, inputs])
      using exact = layer.forward(x)
      layer.weight.productDtype = "f16"
      using tape = device.record()
      using input = before.forward(x)
      using product = layer.forward(input)
      {
        using _ = device.scope()
        tape.backward(sum(multiply(product, Tensor.from(device, incoming, [rows, outputs]))))
      }
      const reference = expected(values, weight, incoming)
      expectClose((await product.read()) as Float32Array, reference.product, 2e-6)
      expect(await exact.read()).not.toEqual(await product.read())
      expectClose((await layer.weight.gradient!.read()) as Float32Array, reference.ofWeight, 2e-6)
      expect(layer.weight.tensor.dtype).toBe("f32")
      expect(await layer.weight.tensor.read()).toEqual(weight)
      // The gradient of what went in comes by way of the layer before: x transposed times it.
      const ofBefore = new Float64Array(inputs ** 2)
      for (let row = 0; row < rows; row++)
        for (let i = 0; i < inputs ** 2; i++)
          ofBefore[i]! += reference.ofX[row * inputs + Math.floor(i / inputs)]! * values[row * inputs + (i % inputs)]!
      expectClose((await before.weight.gradient!.read()) as Float32Array, ofBefore, 5e-6)
    }
    expect(device.memory.liveBuffers).toBe(liveBuffers)
  })
})
