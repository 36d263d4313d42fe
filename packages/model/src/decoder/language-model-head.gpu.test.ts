import { PackedMatrix, Parameter, Tensor } from "@llava/tensor"
import { expect, it } from "vitest"
import { expectClose, randomValues, testDevice } from "#testing"
import { languageModelHead } from "./language-model-head.ts"

const [SIZE, WORDS, BATCH, TOKENS] = [32, 160, 2, 5]
const labels = Int32Array.of(-100, -100, 7, 9, -100, 3, 12, -100, -100, 159)
/** Tokens before a learned one of the same row. */
const rows = [1, 2, 5, 8]

it("computes the same loss and gradient from the tokens that count alone", async () => {
  const device = await testDevice()
  const head = new Parameter([WORDS, SIZE], { packable: true })
  const matrix = PackedMatrix.create(device, "f32", WORDS, SIZE)
  const values = randomValues(WORDS * SIZE, 1)
  matrix.writeRows(0, new Uint8Array(values.buffer))
  head.set(matrix)
  const { liveBuffers } = device.memory
  const run = async (rows?: readonly number[]) => {
    using _ = device.scope()
    const hidden = new Parameter([BATCH, TOKENS, SIZE])
    using _hidden = { [Symbol.dispose]: () => hidden.dispose() }
    hidden.set(Tensor.from(device, randomValues(BATCH * TOKENS * SIZE, 2), hidden.shape))
    hidden.trainable = true
    using tape = device.record()
    const loss = languageModelHead(head).loss(hidden.tensor, Tensor.from(device, labels, [BATCH, TOKENS]), rows)
    tape.backward(loss, Tensor.from(device, Float32Array.of(1, 0), [2]))
    return [await loss.read(), await hidden.gradient!.read()] as const
  }
  const [loss, gradient] = await run()
  const [lossOfRows, gradientOfRows] = await run(rows)
  expect(loss[1]).toBe(4)
  expectClose(lossOfRows, loss, 1e-6)
  expectClose(gradientOfRows, gradient, 1e-6)
  expect([...(await run([]))[0]]).toEqual([0, 0])
  expect(device.memory.liveBuffers).toBe(liveBuffers)
})
