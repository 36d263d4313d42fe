import { decodeTensorBytes, encodeBlocks } from "@llava/checkpoint"
import { PackedMatrix, Parameter, Tensor } from "@llava/tensor"
import { expect, it } from "vitest"
import { expectClose, randomValues, testDevice } from "#testing"
import { storedFormOf } from "../load/weight-dtype.ts"
import { LoraAdapter } from "../lora/lora-adapter.ts"
import { parameterBytes } from "./parameter-bytes.ts"

const device = await testDevice()
const ROWS = 1100 // more than are read back at a time
const COLUMNS = 64
const RANK = 3

function makeAdapter(): LoraAdapter {
  const adapter = new LoraAdapter(COLUMNS, ROWS, { rank: RANK, alpha: 6 })
  adapter.lora_A.weight.set(Tensor.from(device, randomValues(RANK * COLUMNS, 2), [RANK, COLUMNS]))
  adapter.lora_B.weight.set(Tensor.from(device, randomValues(ROWS * RANK, 3), [ROWS, RANK]))
  return adapter
}

it.each(["dense", "f32", "f16", "q8_0", "q4_0", "q4_1"] as const)("adds an adapter to %s weights", async (storage) => {
  const { liveBuffers } = device.memory
  const parameter = new Parameter([ROWS, COLUMNS], { packable: true })
  const values = randomValues(ROWS * COLUMNS, 1)
  if (storage === "dense") parameter.set(Tensor.from(device, values, [ROWS, COLUMNS]))
  else {
    const matrix = PackedMatrix.create(device, storage, ROWS, COLUMNS)
    matrix.writeRows(0, encodeBlocks(storedFormOf[storage], values))
    parameter.set(matrix)
  }
  const { value } = parameter
  const weight = value instanceof PackedMatrix ? await value.readRows() : await value.read()
  using adapter = makeAdapter()
  const a = (await adapter.lora_A.weight.tensor.read()) as Float32Array
  const b = (await adapter.lora_B.weight.tensor.read()) as Float32Array
  const expected = Float64Array.from(weight, (base, i) => {
    const [row, column] = [Math.floor(i / COLUMNS), i % COLUMNS]
    let sum = 0
    for (let r = 0; r < RANK; r++) sum += b[row * RANK + r]! * a[r * COLUMNS + column]!
    return base + 2 * sum
  })
  const chunks: Uint8Array[] = []
  for await (const chunk of parameterBytes(parameter, "F32", adapter)) chunks.push(chunk)
  expectClose(decodeTensorBytes("F32", Buffer.concat(chunks)), expected, 1e-6)
  parameter.dispose()
  adapter[Symbol.dispose]()
  expect(device.memory.liveBuffers).toBe(liveBuffers)
})
