import { describe, expect, it } from "vitest"
import { kernelVariants, randomValues, testDevice } from "#testing"
import type { Device } from "../device/device.ts"
import { embedding } from "../ops/embedding.ts"
import { linearCrossEntropy } from "../ops/linear-cross-entropy.ts"
import { matmul } from "../ops/matmul.ts"
import { sum } from "../ops/sum.ts"
import { AdamW } from "../optimise/adamw.ts"
import { Muon } from "../optimise/muon.ts"
import type { Optimizer, ParameterGroup } from "../optimise/optimizer.ts"
import { Sgd } from "../optimise/sgd.ts"
import { Tensor } from "../tensor/tensor.ts"
import { Parameter } from "./parameter.ts"

const [count, width] = [300, 12]
/** In several of the chunks that logits come in. */
const rows = [297, 5, 130]
const ids = [5, 9, 297, 5, 5, 131, 0, 297]
const labels = [9, 297, -100, 5, 131, 0, 297, 130]

const start = () => randomValues(count * width)

function table(device: Device): Parameter {
  const parameter = new Parameter([count, width])
  parameter.set(Tensor.from(device, start(), [count, width]))
  return parameter
}

/** A table that is looked up and, as tied ones are, predicts too. */
function backward(parameter: Parameter): void {
  const { device } = parameter.tensor
  using _ = device.scope()
  using tape = device.record()
  const hidden = embedding(Tensor.from(device, Int32Array.from(ids), [ids.length]), parameter.tensor) // [8, 12]
  const words = Tensor.from(device, Int32Array.from(labels), [labels.length])
  const loss = linearCrossEntropy(hidden, parameter.tensor, words, { vocabChunk: 128 })
  tape.backward(loss, Tensor.from(device, Float32Array.of(1 / 7, 0), [2]))
}

/** A product, whose rule knows nothing of rows. */
function backwardOfProduct(parameter: Parameter): void {
  const { device } = parameter.tensor
  using _ = device.scope()
  using tape = device.record()
  const values = Tensor.from(device, randomValues(ids.length * width, 2), [ids.length, width])
  tape.backward(sum(matmul(values, parameter.tensor, { transposeB: true })))
}

const readFloats = async (tensor: Tensor) => (await tensor.read()) as Float32Array

const rowsOf = (values: Float32Array, chosen: readonly number[]) =>
  chosen.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)])

describe.each(kernelVariants)("rows of a table, trained alone (%s kernels)", (kernels) => {
  it("have the gradient that they have in the whole, and no other has one", async () => {
    const device = await testDevice(kernels)
    const [some, all] = [table(device), table(device)]
    const { liveBuffers } = device.memory
    some.trainRows(rows)
    all.trainable = true
    expect([some.trainable, some.trainedRows, some.trainedShape]).toEqual([true, [5, 130, 297], [3, width]])
    for (const parameter of [some, all, some, all]) backward(parameter)
    for (const parameter of [some, all]) backwardOfProduct(parameter)
    expect(some.gradient?.shape).toEqual([3, width])
    const whole = await readFloats(all.gradient!)
    expect([...(await readFloats(some.gradient!))]).toEqual(rowsOf(whole, [5, 130, 297]))
    expect(rowsOf(whole, [131]).some((value) => value !== 0)).toBe(true)
    for (const parameter of [some, all]) parameter.clearGradient()
    expect(device.memory.liveBuffers).toBe(liveBuffers)
    for (const parameter of [some, all]) parameter.dispose()
  })
})

describe("optimizers change rows that are trained alone", () => {
  const optimizers: Record<string, (groups: readonly ParameterGroup[]) => Optimizer> = {
    AdamW: (groups) => new AdamW(groups),
    "AdamW in 8 bits": (groups) => new AdamW(groups, { state: "8bit" }),
    SGD: (groups) => new Sgd(groups, { momentum: 0.9 }),
  }

  it.each(Object.entries(optimizers))("as %s does if the others are put back after each step", async (_, make) => {
    const device = await testDevice()
    const [some, all] = [table(device), table(device)]
    some.trainRows(rows)
    all.trainable = true
    using alone = make([{ parameters: [["table", some]], weightDecay: 0.1 }])
    using together = make([{ parameters: [["table", all]], weightDecay: 0.1 }])
    for (const [, state] of alone.namedState()) expect(state.size).toBeLessThanOrEqual(rows.length * width)
    for (let step = 0; step < 4; step++) {
      for (const [parameter, optimizer] of [
        [some, alone],
        [all, together],
      ] as const) {
        backward(parameter)
        optimizer.step({ learningRate: 0.05 })
        optimizer.clearGradients()
      }
      // How the first LLaVA trained two embeddings.
      const whole = await readFloats(all.tensor)
      const restored = start()
      for (const row of rows) restored.set(whole.subarray(row * width, (row + 1) * width), row * width)
      device.upload(all.tensor.buffer, restored)
      expect(await readFloats(some.tensor)).toEqual(restored)
      expect(rowsOf(restored, rows)).not.toEqual(rowsOf(start(), rows))
    }
    for (const parameter of [some, all]) parameter.dispose()
  })

  it("with Muon too, which takes the rows for a matrix", async () => {
    const device = await testDevice()
    const parameter = table(device)
    parameter.trainRows(rows)
    using optimizer = new Muon([{ parameters: [["table", parameter]] }])
    backward(parameter)
    optimizer.step({ learningRate: 0.05 })
    const changed = await readFloats(parameter.tensor)
    const moved = Array.from({ length: count }, (_, row) => row).filter(
      (row) => rowsOf(changed, [row]).join() !== rowsOf(start(), [row]).join(),
    )
    expect(moved).toEqual([5, 130, 297])
    parameter.dispose()
  })
})

it("a parameter goes from rows to the whole and to nothing", async () => {
  const device = await testDevice()
  const parameter = table(device)
  parameter.trainRows([2])
  parameter.trainable = true
  expect([parameter.trainedRows, parameter.trainedShape]).toEqual([undefined, [count, width]])
  parameter.trainRows([1])
  parameter.trainable = false
  expect([parameter.trainedRows, parameter.trainable, parameter.tensor.target]).toEqual([undefined, false, undefined])
  parameter.dispose()
})

it.each([
  [[300], "row-range"],
  [[1, 1], "row-range"],
  [[], "row-range"],
  [[1.5], "row-range"],
])("refuses the rows %j", (chosen, code) => {
  expect(() => new Parameter([count, width]).trainRows(chosen)).toThrow(expect.objectContaining({ code }))
  expect(() => new Parameter([count]).trainRows([1])).toThrow(expect.objectContaining({ code: "shape-mismatch" }))
})
