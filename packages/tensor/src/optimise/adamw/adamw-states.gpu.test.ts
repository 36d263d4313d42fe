import { describe, expect, it } from "vitest"
import { expectClose, randomValues, testDevice } from "#testing"
import type { Device } from "../../device/device.ts"
import { Parameter } from "../../module/parameter.ts"
import { add } from "../../ops/add.ts"
import { linear } from "../../ops/linear.ts"
import { mean } from "../../ops/mean.ts"
import { multiply } from "../../ops/multiply.ts"
import { scale } from "../../ops/scale.ts"
import { Tensor, type TensorData } from "../../tensor/tensor.ts"
import { AdamW, type AdamWOptions, adamwReference } from "../adamw.ts"
import { blockwiseReference } from "./blockwise-moments.ts"
import { decodeDynamic, encodeDynamic } from "./dynamic-code.ts"
import { factoredReference } from "./factored-moments.ts"

type State = NonNullable<AdamWOptions["state"]>
type Reference = (value: Float64Array, gradient: Float64Array, step: number) => void

const settings = { betas: [0.9, 0.95], epsilon: 1e-8 } as const
const weightDecay = 0.1
const learningRateAt = (step: number) => 0.01 * step

function trainable(device: Device, values: Float32Array, shape: readonly number[]): Parameter {
  const parameter = new Parameter(shape)
  parameter.set(Tensor.from(device, values, shape))
  parameter.trainable = true
  return parameter
}

const adamw = (parameter: Parameter, state: State) =>
  new AdamW([{ parameters: [["w", parameter]], weightDecay }], { ...settings, state })

/** Some elements are zero, and some thousands of times smaller than others beside them. */
const unevenGradient = (size: number, step: number) =>
  randomValues(size, step + 10).map((value, i) => (i % 7 === 0 ? 0 : value * 10 ** -(Math.floor(i / 41) % 5)))

/** One step; clipping has found that gradients are to be halved. */
function takeStep(parameter: Parameter, optimizer: AdamW, step: number): void {
  const { device, size, target } = parameter.tensor
  using _ = device.scope()
  target?.accumulate(Tensor.from(device, unevenGradient(size, step), parameter.shape))
  const gradientFactor = Tensor.from(device, Float32Array.of(0.5), [1])
  optimizer.step({ learningRate: learningRateAt(step), gradientFactor })
  optimizer.clearGradients()
}

async function follow(shape: readonly number[], state: State, reference: Reference, tolerance: number): Promise<void> {
  const device = await testDevice()
  const size = shape.reduce((product, length) => product * length, 1)
  const start = randomValues(size)
  const { liveBuffers } = device.memory
  const parameter = trainable(device, start, shape)
  const expected = Float64Array.from(start)
  {
    using optimizer = adamw(parameter, state)
    for (let step = 1; step <= 5; step++) {
      takeStep(parameter, optimizer, step)
      reference(
        expected,
        Float64Array.from(unevenGradient(size, step), (value) => value / 2),
        step,
      )
      expectClose((await parameter.tensor.read()) as Float32Array, expected, tolerance)
    }
  }
  parameter.dispose()
  expect(device.memory.liveBuffers).toBe(liveBuffers)
}

describe("AdamW equals its reference over five steps", () => {
  it.each([[[70, 70]], [[4099]]])("with moments in 8 bits, shape %j", async (shape) => {
    const size = shape.reduce((product, length) => product * length, 1)
    const moments = { first: new Float64Array(size), second: new Float64Array(size) }
    const reference: Reference = (value, gradient, step) => {
      adamwReference({ value, ...moments }, gradient, {
        ...{ ...settings, step, learningRate: learningRateAt(step), weightDecay },
      })
      const roots = moments.second.map(Math.sqrt)
      blockwiseReference(moments.first, "signed")
      blockwiseReference(roots, "root")
      moments.second.set(roots.map((root) => root ** 2))
    }
    // Where float32 rounds to the code next to that of float64, a moment differs by one level of 64.
    await follow(shape, "8bit", reference, 2e-3)
  })

  it.each([[[40, 12]], [[13, 7]], [[6, 3, 5]]])("with a factored second moment, shape %j", async (shape) => {
    const [rows = 1, ...rest] = shape
    const columns = rest.reduce((product, length) => product * length, 1)
    const factors = { rowMeans: new Float64Array(rows), columnMeans: new Float64Array(columns) }
    const first = new Float64Array(rows * columns)
    const reference: Reference = (value, gradient, step) => {
      const [beta1, beta2] = settings.betas
      const second = factoredReference(factors, gradient, beta2)
      for (const [i, g] of gradient.entries()) {
        first[i] = beta1 * first[i]! + (1 - beta1) * g
        const divisor = Math.sqrt(second[i]! / (1 - beta2 ** step)) + settings.epsilon
        const direction = first[i]! / (1 - beta1 ** step) / divisor
        value[i] = value[i]! * (1 - learningRateAt(step) * weightDecay) - learningRateAt(step) * direction
      }
    }
    await follow(shape, "factored", reference, 1e-5)
  })
})

describe.each(["f32", "8bit", "factored"] as const)("AdamW with state %s", (state) => {
  it("goes on from its kept state bit for bit", async () => {
    const device = await testDevice()
    const shape = [65, 68]
    const start = randomValues(65 * 68)
    const parameter = trainable(device, start, shape)
    const kept: (readonly [name: string, data: TensorData])[] = []
    let weights: TensorData
    {
      using optimizer = adamw(parameter, state)
      for (let step = 1; step <= 3; step++) takeStep(parameter, optimizer, step)
      for (const [name, tensor] of optimizer.namedState()) kept.push([name, await tensor.read()])
      weights = await parameter.tensor.read()
      takeStep(parameter, optimizer, 4)
    }
    const resumed = trainable(device, weights as Float32Array, shape)
    using optimizer = adamw(resumed, state)
    for (const [index, [name, tensor]] of [...optimizer.namedState()].entries()) {
      expect(name).toBe(kept[index]![0])
      device.upload(tensor.buffer, kept[index]![1])
    }
    optimizer.steps = 3
    takeStep(resumed, optimizer, 4)
    expect(await resumed.tensor.read()).toEqual(await parameter.tensor.read())
    parameter.dispose()
    resumed.dispose()
  })

  it("keeps as many bytes as it says", async () => {
    const device = await testDevice()
    const parameter = trainable(device, new Float32Array(256 * 512), [256, 512])
    using optimizer = adamw(parameter, state)
    const bytes = [...optimizer.namedState()].reduce((total, [, tensor]) => total + tensor.byteLength, 0)
    expect(bytes / (256 * 512)).toBeCloseTo({ f32: 8, "8bit": 2, factored: 4 }[state], 1)
    parameter.dispose()
  })
})

it("learns a linear map as well in 8 bits and factored as in f32", async () => {
  const device = await testDevice()
  const size = 64
  const truth = randomValues(size * size, 3)
  async function lossAfter(steps: number, state: State): Promise<number> {
    const parameter = trainable(device, randomValues(size * size, 4), [size, size])
    using optimizer = new AdamW([{ parameters: [["w", parameter]] }], { ...settings, state })
    let last: Tensor | undefined
    for (let step = 0; step < steps; step++) {
      using _ = device.scope()
      using tape = device.record()
      const x = Tensor.from(device, randomValues(64 * size, 100 + step), [64, size])
      const wanted = linear(x, Tensor.from(device, truth, [size, size])) // [64, size]
      const difference = add(linear(x, parameter.tensor), scale(wanted, -1))
      const loss = mean(multiply(difference, difference))
      tape.backward(loss)
      optimizer.step({ learningRate: 0.1 * (1 - step / steps) })
      optimizer.clearGradients()
      last?.dispose()
      last = loss.retain()
    }
    using loss = last!
    const [value] = await loss.read()
    parameter.dispose()
    return value!
  }
  const start = await lossAfter(1, "f32")
  const full = await lossAfter(150, "f32")
  expect(full).toBeLessThan(start / 1000)
  for (const state of ["8bit", "factored"] as const) expect(await lossAfter(150, state)).toBeLessThan(start / 500)
})

it("the code of a number is the nearest within its decade", () => {
  for (const bits of [7, 8]) {
    expect(decodeDynamic(encodeDynamic(0, bits), bits)).toBe(0)
    for (let code = 1; code < 2 ** bits; code++) expect(encodeDynamic(decodeDynamic(code, bits), bits)).toBe(code)
    for (let x = 1; x > 10 ** (1 - bits); x *= 0.99) {
      const decade = Math.ceil(Math.log10(x) - 1e-9)
      const spacing = (0.9 * 10 ** decade) / 2 ** (bits - 1 + decade)
      expect(Math.abs(decodeDynamic(encodeDynamic(x, bits), bits) - x)).toBeLessThanOrEqual(spacing / 2 + 1e-12)
    }
  }
})
