import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { CheckpointError } from "../checkpoint-error.ts"
import { openCheckpoint } from "../open-checkpoint.ts"
import { readValues } from "../testing/read-values.ts"
import { decodeTensorBytes } from "./decode-tensor-bytes.ts"
import { encodeBlocks } from "./encode-blocks.ts"

test("blocks are the bytes that the reference's quantisers make", async () => {
  await using golden = await openCheckpoint(fixturePath("block-encoding/golden.safetensors"))
  const source = await readValues(golden, "source")
  for (const format of ["Q8_0", "Q4_0", "Q4_1", "F16", "BF16"] as const)
    expect(encodeBlocks(format, source), format).toEqual(await golden.tensors.get(`encoded.${format}`)!.read())
})

test("zeros stay zeros, and a constant block its constant", () => {
  for (const format of ["Q8_0", "Q4_0", "Q4_1"] as const) {
    expect(decodeTensorBytes(format, encodeBlocks(format, new Float32Array(32))).every((value) => value === 0)).toBe(
      true,
    )
    expect(decodeTensorBytes(format, encodeBlocks(format, new Float32Array(32).fill(2)))[31]).toBeCloseTo(2, 2)
  }
})

test("what a format cannot hold is refused", () => {
  expect(() => encodeBlocks("F16", Float32Array.of(65520))).toThrow(/65520 at index 0.*F16/)
  expect(() => encodeBlocks("Q8_0", new Float32Array(32).fill(Number.NaN))).toThrow(CheckpointError)
  expect(() => encodeBlocks("Q8_0", new Float32Array(32).fill(1e8))).toThrow(CheckpointError)
  expect(() => encodeBlocks("Q4_0", new Float32Array(33))).toThrow(CheckpointError)
  expect(encodeBlocks("F16", Float32Array.of(65519, Number.NEGATIVE_INFINITY))).toEqual(
    Uint8Array.of(0xff, 0x7b, 0x00, 0xfc),
  )
})
