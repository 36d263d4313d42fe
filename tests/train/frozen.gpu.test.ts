import { ClipVisionTower, clipVisionConfigSchema } from "@llava/clip"
import { Llava } from "@llava/model"
import { type Device, Tensor } from "@llava/tensor"
import { languageModelObjective } from "@llava/train"
import { describe, expect, it } from "vitest"
import { randomValues, testDevice } from "#testing"
import { drawnSamples } from "./drawn-samples.ts"
import { smallLlava } from "./small-llava.ts"

/** Kernels of one step, forward and backward, with an encoder of so many layers. */
async function countDispatches(device: Device, layers: number, train: readonly string[]) {
  await using small = await smallLlava(device)
  using encoder = await newEncoder(device, small, layers)
  const model = new Llava({ ...small.options, encoder, selectLayers: [-1] })
  for (const [path, parameter] of model.namedParameters()) {
    parameter.trainable = train.some((part) => path.startsWith(`${part}.`))
  }
  const objective = languageModelObjective(model)
  const samples = drawnSamples(model, 3)
  const count = (work: () => void) => {
    const before = device.dispatches
    work()
    return device.dispatches - before
  }
  const images = samples.flatMap((sample) => sample.images)
  const pixels = Float32Array.from(images.flatMap((image) => [...image]))
  const { size } = encoder.image
  const encode = count(() => {
    using _ = device.scope()
    encoder.encode(Tensor.from(device, pixels, [images.length, 3, size, size]), { layers: [-1] })
  })
  using _ = device.scope()
  using tape = device.record()
  let loss: Tensor | undefined
  const forward = count(() => {
    loss = objective.loss(samples)
  })
  const backward = count(() => tape.backward(loss!, Tensor.from(device, Float32Array.of(1, 0), [2])))
  const reached = [...encoder.namedParameters()].filter(([, parameter]) => parameter.gradient).length
  for (const [, parameter] of model.namedParameters()) parameter.trainable = false
  return { encode, forward, backward, reached }
}

async function newEncoder(device: Device, { encoder }: Llava, layers: number): Promise<ClipVisionTower> {
  const tower = new ClipVisionTower(
    clipVisionConfigSchema.parse({
      hidden_size: encoder!.featureSize,
      intermediate_size: 48,
      num_attention_heads: 4,
      num_hidden_layers: layers,
      image_size: encoder!.image.size,
      patch_size: 14,
    }),
  )
  for (const [, parameter] of tower.namedParameters()) {
    const size = parameter.shape.reduce((a, b) => a * b, 1)
    parameter.set(
      Tensor.from(
        device,
        randomValues(size).map((value) => value / 8),
        parameter.shape,
      ),
    )
  }
  return tower
}

describe("a frozen encoder", async () => {
  const device = await testDevice()

  it.each([[["projector"]], [["projector", "language_model"]]])("costs one forward beside %j", async (train) => {
    const few = await countDispatches(device, 2, train)
    const many = await countDispatches(device, 7, train)
    expect(many.encode - few.encode).toBeGreaterThanOrEqual(5 * 5)
    expect(many.forward - few.forward).toBe(many.encode - few.encode)
    expect(many.backward).toBe(few.backward)
    expect([few.reached, many.reached]).toEqual([0, 0])
  })

  it("costs more once it is trained", async () => {
    const few = await countDispatches(device, 2, ["encoder"])
    const many = await countDispatches(device, 7, ["encoder"])
    expect(many.backward - few.backward).toBeGreaterThan(many.encode - few.encode)
    expect(many.reached).toBeGreaterThan(few.reached)
  })
})

it("nothing behind what is trained is computed on the way back", async () => {
  const device = await testDevice()
  const projector = await countDispatches(device, 2, ["projector"])
  const head = await countDispatches(device, 2, ["language_model.model.norm"])
  expect(head.backward).toBeLessThan(projector.backward / 3)
})
