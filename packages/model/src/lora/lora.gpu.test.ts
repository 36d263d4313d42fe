import { encodeBlocks } from "@llava/checkpoint"
import { group, Linear, linear, type MatrixFormat, Module, PackedMatrix, Parameter, Tensor } from "@llava/tensor"
import { afterEach, describe, expect, it } from "vitest"
import { evaluate, expectClose, limitedDevice, randomValues, testDevice } from "#testing"
import { storedFormOf } from "../load/weight-dtype.ts"
import { addLora } from "./add-lora.ts"
import { mergeLora } from "./merge-lora.ts"
import { namedAdapters } from "./named-adapters.ts"
import { removeLora } from "./remove-lora.ts"
import { seedAdapters } from "./seed-adapters.ts"
import { unmergeLora } from "./unmerge-lora.ts"

const device = await testDevice()
const tolerance = device.profile.software ? 1 : 10
const IN = 64
const OUT = 48
const ROWS = 5
const storages = ["dense", "f32", "f16", "q8_0", "q4_0", "q4_1"] as const
type Storage = "dense" | MatrixFormat

class Block extends Module {
  readonly q_proj = new Linear(IN, OUT)
  readonly k_proj = new Linear(IN, OUT, { bias: false })
}

/** Two blocks with random weights, and a head. */
function makeModel(storage: Storage) {
  const model = group({ layers: [new Block(), new Block()], lm_head: new Linear(OUT, 8) })
  for (const [index, [path, parameter]] of [...model.namedParameters()].entries()) {
    const values = randomValues(
      parameter.shape.reduce((a, b) => a * b),
      index + 1,
    )
    const matrix = path.startsWith("layers") && parameter.shape.length === 2 && storage !== "dense"
    parameter.set(matrix ? packed(values, storage) : Tensor.from(device, values, parameter.shape))
  }
  return model
}

function packed(values: Float32Array, format: MatrixFormat): PackedMatrix {
  const matrix = PackedMatrix.create(device, format, OUT, IN)
  matrix.writeRows(0, encodeBlocks(storedFormOf[format], values))
  return matrix
}

async function weightOf({ weight: { value } }: Linear): Promise<Float32Array> {
  return value instanceof PackedMatrix ? value.readRows() : ((await value.read()) as Float32Array)
}

const input = () => Tensor.from(device, randomValues(ROWS * IN, 77), [ROWS, IN])

function setB(model: Module): void {
  for (const [index, { adapter }] of [...namedAdapters(model)].entries()) {
    const { shape } = adapter.lora_B.weight
    adapter.lora_B.weight.set(Tensor.from(device, randomValues(shape[0]! * shape[1]!, 500 + index), shape))
  }
}

/** What a layer computes with its adapter, and the gradients of x, A and B for a given weighting, in float64. */
async function inFloat64(layer: Linear, x: Float32Array, weighting: Float32Array) {
  const adapter = layer.adapter!
  const w = await weightOf(layer)
  const a = (await adapter.lora_A.weight.tensor.read()) as Float32Array
  const b = (await adapter.lora_B.weight.tensor.read()) as Float32Array
  const { rank, scaling } = adapter
  const y = new Float64Array(ROWS * OUT)
  const dx = new Float64Array(ROWS * IN)
  const da = new Float64Array(rank * IN)
  const db = new Float64Array(OUT * rank)
  for (let row = 0; row < ROWS; row++) {
    const low = new Float64Array(rank)
    const dlow = new Float64Array(rank)
    for (let r = 0; r < rank; r++) for (let i = 0; i < IN; i++) low[r]! += a[r * IN + i]! * x[row * IN + i]!
    for (let o = 0; o < OUT; o++) {
      const g = weighting[row * OUT + o]!
      for (let i = 0; i < IN; i++) {
        y[row * OUT + o]! += w[o * IN + i]! * x[row * IN + i]!
        dx[row * IN + i]! += w[o * IN + i]! * g
      }
      for (let r = 0; r < rank; r++) {
        y[row * OUT + o]! += scaling * b[o * rank + r]! * low[r]!
        db[o * rank + r]! += scaling * low[r]! * g
        dlow[r]! += scaling * b[o * rank + r]! * g
      }
    }
    for (let r = 0; r < rank; r++) {
      for (let i = 0; i < IN; i++) {
        da[r * IN + i]! += dlow[r]! * x[row * IN + i]!
        dx[row * IN + i]! += a[r * IN + i]! * dlow[r]!
      }
    }
  }
  return { y, dx, da, db }
}

const made: Module[] = []
const model = (storage: Storage = "dense") => {
  const module = makeModel(storage)
  made.push(module)
  return module
}

afterEach(() => {
  for (const module of made.splice(0)) module[Symbol.dispose]()
})

describe("addLora", () => {
  it("chooses layers by name and changes nothing yet", async () => {
    const base = model()
    const before = await evaluate(device, () => base.layers[0]!.q_proj.forward(input()))
    const added = addLora(base, { rank: 4, alpha: 8, targets: ["layers.0", "k_proj"] })
    expect(added.map(({ path }) => path)).toEqual(["layers.0.q_proj", "layers.0.k_proj", "layers.1.k_proj"])
    expect(base.layers[1]!.q_proj.adapter).toBeUndefined()
    expect([...base.namedParameters()].map(([path]) => path)).toContain("layers.1.k_proj.lora_A.weight")
    expect([...base.namedParameters()].some(([, { trainable }]) => trainable)).toBe(false)
    expect(await evaluate(device, () => base.layers[0]!.q_proj.forward(input()))).toEqual(before)
  })

  it("begins with A as PEFT does, by the seed and the layer's name", async () => {
    const first = async (seed: number) => {
      const added = addLora(model(), { rank: 16, alpha: 8, targets: ["*"], seed })
      return Promise.all(added.map(async ({ adapter }) => (await adapter.lora_A.weight.tensor.read()) as Float32Array))
    }
    const [values, again, other] = [await first(3), await first(3), await first(4)]
    expect(again).toEqual(values)
    expect(values).toHaveLength(4)
    expect(new Set([...values, ...other].map((array) => array[0])).size).toBe(8)
    const all = values.flatMap((array) => [...array])
    const bound = 1 / Math.sqrt(IN)
    expect(Math.max(...all)).toBeLessThanOrEqual(bound)
    expect(Math.min(...all)).toBeGreaterThanOrEqual(-bound)
    const mean = all.reduce((a, b) => a + b) / all.length
    const variance = all.reduce((sum, value) => sum + value ** 2, 0) / all.length
    expect(Math.abs(mean)).toBeLessThan(bound / 25)
    expect(variance / (bound ** 2 / 3)).toBeCloseTo(1, 1)
  })

  it("scales by alpha / rank, or alpha / sqrt(rank)", () => {
    const [plain] = addLora(model(), { rank: 4, alpha: 8, targets: ["layers.0.q_proj"] })
    const [stabilised] = addLora(model(), { rank: 4, alpha: 8, targets: ["layers.0.q_proj"], rankStabilised: true })
    expect([plain!.adapter.scaling, stabilised!.adapter.scaling]).toEqual([2, 4])
  })

  it.each([
    [{ targets: ["o_proj"] }, "nothing-matches", /o_proj.*q_proj, k_proj/s],
    [{ targets: ["lm_head"] }, "nothing-matches", /lm_head/],
    [{ targets: [] }, "nothing-matches", /targets/],
    [{ rank: 0 }, "lora-settings", /rank of 0/],
    [{ rank: 1.5 }, "lora-settings", /rank of 1.5/],
    [{ alpha: Number.NaN }, "lora-settings", /alpha of NaN/],
    [{ dropout: 1 }, "lora-settings", /dropout of 1/],
  ])("refuses %o", (wrong, code, message) => {
    const base = model()
    const adding = () => addLora(base, { rank: 4, alpha: 8, targets: ["q_proj"], ...wrong })
    expect(adding).toThrow(expect.objectContaining({ code }))
    expect(adding).toThrow(message)
    expect([...namedAdapters(base)]).toEqual([])
  })

  it("refuses a layer that has an adapter", () => {
    const base = model()
    addLora(base, { rank: 4, alpha: 8, targets: ["layers.0.q_proj"] })
    const adding = () => addLora(base, { rank: 4, alpha: 8, targets: ["q_proj"] })
    expect(adding).toThrow(expect.objectContaining({ code: "already-adapted" }))
    expect([...namedAdapters(base)]).toHaveLength(1)
  })
})

describe.each(storages)("adapters on %s weights", (storage) => {
  it("give the products and gradients of dense matrices", async () => {
    const base = model(storage)
    addLora(base, { rank: 4, alpha: 6, targets: ["k_proj"] })
    setB(base)
    const layer = base.layers[1]!.k_proj
    const { lora_A, lora_B } = layer.adapter!
    const weighting = randomValues(ROWS * OUT, 5)
    // A trained layer comes before, so that gradients go through the frozen weights.
    const expected = await inFloat64(layer, randomValues(ROWS * IN, 77), weighting)
    lora_A.weight.trainable = true
    lora_B.weight.trainable = true
    const before = new Linear(IN, IN, { bias: false })
    made.push(before)
    before.weight.set(Tensor.from(device, identity(IN), [IN, IN]))
    before.weight.trainable = true
    const y = await evaluate(device, () => {
      using tape = device.record()
      const output = layer.forward(linear(input(), before.weight.tensor))
      tape.backward(output, Tensor.from(device, weighting, [ROWS, OUT]))
      return output
    })
    expectClose(y, expected.y, 1e-5 * tolerance)
    expectClose((await lora_A.weight.gradient!.read()) as Float32Array, expected.da, 1e-5 * tolerance)
    expectClose((await lora_B.weight.gradient!.read()) as Float32Array, expected.db, 1e-5 * tolerance)
    // d/dW of x·Wᵀ is gᵀ·x: with W the identity, g is the gradient of the layer's input.
    const x = randomValues(ROWS * IN, 77)
    const dw = new Float64Array(IN * IN)
    for (let row = 0; row < ROWS; row++)
      for (let o = 0; o < IN; o++)
        for (let i = 0; i < IN; i++) dw[o * IN + i]! += expected.dx[row * IN + o]! * x[row * IN + i]!
    expectClose((await before.weight.gradient!.read()) as Float32Array, dw, 1e-5 * tolerance)
    expect(layer.weight.gradient).toBeUndefined()
  })

  it("leave no buffers behind", async () => {
    const base = model(storage)
    const { liveBuffers } = device.memory
    for (let round = 0; round < 3; round++) {
      addLora(base, { rank: 4, alpha: 6, targets: ["q_proj", "k_proj"] })
      setB(base)
      for (const { adapter } of namedAdapters(base)) adapter.lora_B.weight.trainable = true
      {
        using _scope = device.scope()
        using tape = device.record()
        const output = base.layers[0]!.q_proj.forward(input())
        tape.backward(output, Tensor.zeros(device, output.shape))
      }
      removeLora(base)
      expect(device.memory.liveBuffers).toBe(liveBuffers)
    }
    await device.synchronize()
  })
})

it("goes back through quantised weights that are bigger than one binding", async () => {
  const limited = await limitedDevice({ maxStorageBufferBindingSize: 64 * 1024 })
  const out = 1200
  const model = group({ up_proj: new Linear(IN, out, { bias: false }) })
  made.push(model)
  const layer = model.up_proj
  const matrix = PackedMatrix.create(limited, "q8_0", out, IN)
  matrix.writeRows(0, encodeBlocks("Q8_0", randomValues(out * IN, 1)))
  layer.weight.set(matrix)
  expect(matrix.parts.length).toBeGreaterThan(1)
  addLora(model, { rank: 2, alpha: 2, targets: ["up_proj"] })
  const { lora_A, lora_B } = layer.adapter!
  const b = randomValues(out * 2, 4)
  lora_B.weight.set(Tensor.from(limited, b, [out, 2]))
  const a = (await lora_A.weight.tensor.read()) as Float32Array
  const w = await matrix.readRows()
  const weighting = randomValues(ROWS * out, 5)

  const first = new Parameter([ROWS, IN])
  first.set(Tensor.from(limited, randomValues(ROWS * IN, 6), [ROWS, IN]))
  first.trainable = true
  {
    using _scope = limited.scope()
    using tape = limited.record()
    tape.backward(layer.forward(first.tensor), Tensor.from(limited, weighting, [ROWS, out]))
  }
  const expected = new Float64Array(ROWS * IN)
  for (let row = 0; row < ROWS; row++)
    for (let o = 0; o < out; o++)
      for (let i = 0; i < IN; i++) {
        const whole = w[o * IN + i]! + b[o * 2]! * a[i]! + b[o * 2 + 1]! * a[IN + i]!
        expected[row * IN + i]! += whole * weighting[row * out + o]!
      }
  expectClose((await first.gradient!.read()) as Float32Array, expected, 1e-5 * tolerance)
  first.dispose()
})

function identity(size: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0))
}

describe.each(["dense", "f32", "f16"] as const)("merging into %s weights", (storage) => {
  it("computes the same, and can be undone", async () => {
    const base = model(storage)
    const layer = base.layers[0]!.q_proj
    const weight = await weightOf(layer)
    const plain = await evaluate(device, () => layer.forward(input()))
    addLora(base, { rank: 4, alpha: 6, targets: ["q_proj"] })
    setB(base)
    const adapted = await evaluate(device, () => layer.forward(input()))
    expect(adapted).not.toEqual(plain)

    mergeLora(base)
    expect(layer.weight.value).toBeInstanceOf(Tensor)
    expectClose(await evaluate(device, () => layer.forward(input())), adapted, 1e-6 * tolerance)
    const { liveBuffers } = device.memory
    mergeLora(base) // a second time changes nothing
    expectClose(await evaluate(device, () => layer.forward(input())), adapted, 1e-6 * tolerance)

    unmergeLora(base)
    expectClose(await weightOf(layer), weight, 1e-6)
    expectClose(await evaluate(device, () => layer.forward(input())), adapted, 1e-6 * tolerance)
    unmergeLora(base)
    expectClose(await weightOf(layer), weight, 1e-6)
    expect(device.memory.liveBuffers).toBe(liveBuffers)

    mergeLora(base)
    removeLora(base)
    expect([...namedAdapters(base)]).toEqual([])
    expectClose(await evaluate(device, () => layer.forward(input())), adapted, 1e-6 * tolerance)
  })
})

it("refuses to merge into quantised weights before it changes any", async () => {
  const base = model("q4_0")
  const dense = base.layers[0]!.q_proj
  const weight = randomValues(IN * OUT, 9)
  dense.weight.set(Tensor.from(device, weight, [OUT, IN]))
  addLora(base, { rank: 4, alpha: 6, targets: ["q_proj"] })
  setB(base)
  const merging = () => mergeLora(base)
  expect(merging).toThrow(expect.objectContaining({ code: "lora-quantised" }))
  expect(merging).toThrow(/layers\.1\.q_proj.*q4_0.*dtype f32/s)
  expect(await weightOf(dense)).toEqual(weight)
})

describe("dropout", () => {
  it("leaves out by seed, step, micro-batch and layer, in training alone", async () => {
    const base = model()
    addLora(base, { rank: 4, alpha: 6, targets: ["layers.0"], dropout: 0.3 })
    setB(base)
    const { q_proj, k_proj } = base.layers[0]!
    const place = { seed: 1, step: 2, microBatch: 3 }
    const seeds = (at: typeof place) => {
      seedAdapters(base, at)
      return [q_proj.adapter!.seed, k_proj.adapter!.seed]
    }
    const all = [place, { ...place, seed: 2 }, { ...place, step: 3 }, { ...place, microBatch: 4 }].flatMap(seeds)
    expect(new Set(all).size).toBe(8)
    expect(seeds(place)).toEqual(all.slice(0, 2))

    const forward = () => evaluate(device, () => q_proj.forward(input()))
    const recorded = () =>
      evaluate(device, () => {
        using _tape = device.record()
        return q_proj.forward(input())
      })
    const answered = await forward()
    const dropped = await recorded()
    expect(dropped).not.toEqual(answered)
    expect(await recorded()).toEqual(dropped)
    seedAdapters(base, { ...place, step: 9 })
    expect(await recorded()).not.toEqual(dropped)
    expect(await forward()).toEqual(answered)
  })
})
