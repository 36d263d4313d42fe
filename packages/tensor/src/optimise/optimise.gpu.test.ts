import { describe, expect, it } from "vitest"
import { expectClose, limitedDevice, randomValues, testDevice } from "#testing"
import type { Device } from "../device/device.ts"
import { Parameter } from "../module/parameter.ts"
import { Tensor } from "../tensor/tensor.ts"
import { AdamW, adamwReference } from "./adamw.ts"
import { clipGradients } from "./clip-gradients.ts"
import { Muon, muonReference } from "./muon.ts"
import type { Optimizer } from "./optimizer.ts"
import { Sgd, sgdReference } from "./sgd.ts"

function trainable(device: Device, values: Float32Array, shape: readonly number[]): Parameter {
  const parameter = new Parameter(shape)
  parameter.set(Tensor.from(device, values, shape))
  parameter.trainable = true
  return parameter
}

/** Puts a gradient where a backward pass would leave it. */
function giveGradient(device: Device, parameter: Parameter, values: Float32Array): void {
  using gradient = Tensor.from(device, values, parameter.shape)
  parameter.tensor.target?.accumulate(gradient)
}

const shape = [13, 7] as const
const size = 91

describe("optimizers equal their references over five steps", () => {
  async function follow(
    make: (parameter: Parameter) => Optimizer,
    reference: (value: Float64Array, gradient: Float32Array, step: number) => void,
    tolerance: number,
  ): Promise<void> {
    const device = await testDevice()
    const start = randomValues(size)
    const parameter = trainable(device, start, shape)
    const expected = Float64Array.from(start)
    const { liveBuffers } = device.memory
    {
      using optimizer = make(parameter)
      for (let step = 1; step <= 5; step++) {
        const gradient = randomValues(size, step + 10)
        giveGradient(device, parameter, gradient)
        optimizer.step({ learningRate: 0.01 * step })
        optimizer.clearGradients()
        reference(expected, gradient, step)
        expectClose((await parameter.tensor.read()) as Float32Array, expected, tolerance)
      }
      expect(optimizer.steps).toBe(5)
    }
    expect(device.memory.liveBuffers).toBe(liveBuffers)
    parameter.dispose()
  }

  it("AdamW", async () => {
    const [first, second] = [new Float64Array(size), new Float64Array(size)]
    const options = { weightDecay: 0.1, betas: [0.9, 0.95], epsilon: 1e-8 } as const
    await follow(
      (parameter) => new AdamW([{ parameters: [["w", parameter]], weightDecay: 0.1 }], options),
      (value, gradient, step) =>
        adamwReference({ value, first, second }, gradient, { ...options, step, learningRate: 0.01 * step }),
      1e-6,
    )
  })

  it.each([false, true])("SGD, Nesterov: %s", async (nesterov) => {
    const momentum = new Float64Array(size)
    const options = { weightDecay: 0.1, momentum: 0.9, nesterov }
    await follow(
      (parameter) => new Sgd([{ parameters: [["w", parameter]], weightDecay: 0.1 }], options),
      (value, gradient, step) => sgdReference({ value, momentum }, gradient, { ...options, learningRate: 0.01 * step }),
      1e-6,
    )
  })

  it("Muon", async () => {
    const momentum = new Float64Array(size)
    const options = { weightDecay: 0.1, momentum: 0.95, iterations: 5 }
    await follow(
      (parameter) => new Muon([{ parameters: [["w", parameter]], weightDecay: 0.1 }], options),
      (value, gradient, step) =>
        muonReference({ value, momentum }, gradient, shape, { ...options, learningRate: 0.01 * step }),
      1e-5,
    )
  })
})

it.each([
  { together: "all", device: testDevice },
  { together: "two", device: () => limitedDevice({ maxStorageBufferBindingSize: 1024 }) },
])("Muon takes matrices of one shape together ($together that fit), each as if it were alone", async (given) => {
  const device = await given.device()
  const shapes = [
    [16, 8],
    [16, 8],
    [8, 16],
    [13, 7],
    [16, 8],
    [8, 16],
    [13, 7],
  ] as const
  const starts = shapes.map(([rows, columns], index) => randomValues(rows * columns, index + 1))
  const parameters = shapes.map((own, index) => trainable(device, starts[index]!, own))
  const expected = starts.map((values) => ({
    value: Float64Array.from(values),
    momentum: new Float64Array(values.length),
  }))
  const { liveBuffers } = device.memory
  {
    const groups = parameters.map((parameter, index) => ({
      parameters: [[`w${index}`, parameter] as const],
      learningRateFactor: 1 + index,
    }))
    using optimizer = new Muon(groups)
    for (let step = 1; step <= 3; step++) {
      for (const [index, parameter] of parameters.entries()) {
        // One of them has no gradient in one step.
        if (step === 2 && index === 1) continue
        const gradient = randomValues(parameter.tensor.size, 10 * step + index)
        giveGradient(device, parameter, gradient)
        const options = { learningRate: 0.01 * (1 + index), weightDecay: 0, momentum: 0.95, iterations: 5 }
        muonReference(expected[index]!, gradient, shapes[index]!, options)
      }
      optimizer.step({ learningRate: 0.01 })
      optimizer.clearGradients()
    }
    for (const [index, parameter] of parameters.entries()) {
      expectClose((await parameter.tensor.read()) as Float32Array, expected[index]!.value, 1e-5)
    }
  }
  expect(device.memory.liveBuffers).toBe(liveBuffers)
  for (const parameter of parameters) parameter.dispose()
})

describe("clipGradients", () => {
  it("gives the global norm and the factor, across parameters larger than a chunk", async () => {
    const device = await testDevice()
    const sizes = [9000, 5, 1]
    const gradients = sizes.map((size, index) => randomValues(size, index + 1))
    const parameters = sizes.map((size) => trainable(device, new Float32Array(size), [size]))
    for (const [index, parameter] of parameters.entries()) giveGradient(device, parameter, gradients[index]!)
    const length = Math.hypot(...gradients.flatMap((values) => [...values]))
    for (const maxNorm of [1, 1e6]) {
      const { norm, factor } = clipGradients([...parameters, parameters[0]!], { maxNorm })!
      expectClose((await norm.read()) as Float32Array, [length], 1e-6)
      expectClose((await factor.read()) as Float32Array, [Math.min(1, maxNorm / length)], 1e-5)
    }
    for (const parameter of parameters) parameter.dispose()
  })
})
