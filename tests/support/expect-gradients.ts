import { type Device, GradientLeaf, Tensor } from "@llava/tensor"
import { expect } from "vitest"
import { largestRelativeError } from "./largest-relative-error.ts"
import { randomValues } from "./random.ts"

export interface GradientCase {
  device: Device
  /** Values and shapes of the inputs that have gradients. */
  inputs: readonly { values: Float32Array; shape: readonly number[] }[]
  /** The operation on the GPU. */
  run: (...inputs: Tensor[]) => Tensor
  /** The same in float64. */
  reference: (...inputs: Float64Array[]) => ArrayLike<number>
  /** 1e-4 unless given. */
  tolerance?: number
}

/**
 * Holds an operation's gradients against central differences of its float64 reference, for a random weighting of the
 * outputs; then that an input wanted alone gets the same gradient, and that nothing stays behind on the GPU.
 */
export async function expectGradients({
  device,
  inputs,
  run,
  reference,
  tolerance = 1e-4,
}: GradientCase): Promise<void> {
  const values = inputs.map((input) => Float64Array.from(input.values))
  const weighting = randomValues(reference(...values).length, 99)
  const expected = values.map((_, index) => differences(values, index, weighting, reference))
  const all = await gradientsOf(
    device,
    inputs,
    run,
    weighting,
    inputs.map(() => true),
  )
  for (const [index, gradient] of all.entries()) {
    const error = largestRelativeError(gradient!, expected[index]!)
    expect(error, `gradient of input ${index}`).toBeLessThanOrEqual(tolerance)
  }
  const { liveBuffers } = device.memory
  for (const index of inputs.keys()) {
    const wanted = inputs.map((_, other) => other === index)
    const alone = await gradientsOf(device, inputs, run, weighting, wanted)
    expect(largestRelativeError(alone[index]!, all[index]!), `input ${index} alone`).toBeLessThanOrEqual(1e-6)
    for (const [other, gradient] of alone.entries()) if (other !== index) expect(gradient).toBeUndefined()
  }
  expect(device.memory.liveBuffers).toBe(liveBuffers)
}

async function gradientsOf(
  device: Device,
  inputs: GradientCase["inputs"],
  run: GradientCase["run"],
  weighting: Float32Array,
  wanted: readonly boolean[],
): Promise<(Float32Array | undefined)[]> {
  const leaves = inputs.map(() => new GradientLeaf())
  {
    using _scope = device.scope()
    using tape = device.record()
    const tensors = inputs.map(({ values, shape }, index) => {
      const tensor = Tensor.from(device, values, shape)
      if (wanted[index]) tensor.target = leaves[index]
      return tensor
    })
    const output = run(...tensors)
    tape.backward(output, Tensor.from(device, weighting, output.shape))
  }
  const gradients: (Float32Array | undefined)[] = []
  for (const [index, leaf] of leaves.entries()) {
    using taken = leaf
    const { gradient } = taken
    if (gradient) expect(gradient.shape).toEqual(inputs[index]!.shape)
    gradients.push((await gradient?.read()) as Float32Array | undefined)
  }
  return gradients
}

function differences(
  values: readonly Float64Array[],
  index: number,
  weighting: Float32Array,
  reference: GradientCase["reference"],
): Float64Array {
  const weighted = (input: Float64Array) => {
    const output = reference(...values.map((other, at) => (at === index ? input : other)))
    let sum = 0
    for (let i = 0; i < output.length; i++) sum += output[i]! * weighting[i]!
    return sum
  }
  const own = values[index]!
  return own.map((value, i) => {
    const step = 1e-5 * Math.max(1, Math.abs(value))
    return (weighted(own.with(i, value + step)) - weighted(own.with(i, value - step))) / (2 * step)
  })
}
