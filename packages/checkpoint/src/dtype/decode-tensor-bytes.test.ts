import { expect, test } from "vitest"
import { fixturePath, withReference } from "#testing"
import { CheckpointError } from "../checkpoint-error.ts"
import { openCheckpoint } from "../open-checkpoint.ts"
import type { StoredDType } from "../stored-tensor.ts"
import { readValues } from "../testing/read-values.ts"
import { blockLayout } from "./block-layout.ts"
import { decodeTensorBytes } from "./decode-tensor-bytes.ts"

test("every block format decodes to exactly the reference's values", async () => {
  await using golden = await openCheckpoint(fixturePath("gguf-blocks/golden.safetensors"))
  const formats = [...golden.tensors.keys()].filter((name) => name.endsWith(".bytes")).map((name) => name.slice(0, -6))
  expect(formats.length).toBeGreaterThanOrEqual(14)
  for (const format of formats) {
    const decoded = decodeTensorBytes(format as StoredDType, await golden.tensors.get(`${format}.bytes`)!.read())
    expect(Buffer.from(decoded.buffer).equals(await golden.tensors.get(`${format}.values`)!.read()), format).toBe(true)
  }
})

test("blocks decode the same one by one, unaligned, and into a given array", async () => {
  await using golden = await openCheckpoint(fixturePath("gguf-blocks/golden.safetensors"))
  for (const format of ["Q4_0", "Q3_K", "Q6_K", "IQ4_XS", "BF16"] as const) {
    const whole = await golden.tensors.get(`${format}.bytes`)!.read()
    const expected = await readValues(golden, `${format}.values`)
    const { bytes, elements } = blockLayout(format)
    const shifted = new Uint8Array(whole.length + 1)
    shifted.set(whole, 1)
    const out = new Float32Array(expected.length)
    for (let block = 0; block * bytes < whole.length; block++) {
      const part = shifted.subarray(1 + block * bytes, 1 + (block + 1) * bytes)
      decodeTensorBytes(format, part, out.subarray(block * elements))
    }
    expect(out).toEqual(expected)
  }
})

test("plain types", () => {
  const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer)
  expect([...decodeTensorBytes("I64", bytesOf(BigInt64Array.of(-3n, 1n << 40n)))]).toEqual([-3, 2 ** 40])
  expect([...decodeTensorBytes("U64", bytesOf(BigUint64Array.of((1n << 64n) - 1n)))]).toEqual([2 ** 64])
  expect([...decodeTensorBytes("F64", bytesOf(Float64Array.of(0.5, 1e300)))]).toEqual([0.5, Number.POSITIVE_INFINITY])
  expect([...decodeTensorBytes("I16", bytesOf(Int16Array.of(-7)))]).toEqual([-7])
  expect([...decodeTensorBytes("U32", bytesOf(Uint32Array.of(7)))]).toEqual([7])
  expect([...decodeTensorBytes("I8", Uint8Array.of(255))]).toEqual([-1])
  expect([...decodeTensorBytes("BOOL", Uint8Array.of(0, 1))]).toEqual([0, 1])
})

test("half a block and too small an array are refused", () => {
  expect(() => decodeTensorBytes("Q4_0", new Uint8Array(17))).toThrow(CheckpointError)
  expect(() => decodeTensorBytes("F32", new Uint8Array(8), new Float32Array(1))).toThrow(CheckpointError)
})

test("rows of a real model equal the reference's", async (context) => {
  const path = withReference(context, "models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf")
  await using model = await openCheckpoint(path)
  await using golden = await openCheckpoint(fixturePath("smollm2/golden.safetensors"))
  const expected = [...golden.tensors.keys()].filter((name) => name.startsWith("dequantised."))
  expect(expected.length).toBeGreaterThan(0)
  for (const key of expected) {
    const [, name, rows] = /^dequantised\.(.*)\.first(\d+)rows$/.exec(key)!
    const tensor = model.tensors.get(name!)!
    const rowBytes = tensor.byteLength / tensor.shape[0]!
    const values = decodeTensorBytes(tensor.dtype, await tensor.read(0, Number(rows) * rowBytes))
    expect(values).toEqual(await readValues(golden, key))
  }
})
