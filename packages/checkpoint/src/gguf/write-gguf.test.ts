import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { encodeBlocks } from "../dtype/encode-blocks.ts"
import { openCheckpoint } from "../open-checkpoint.ts"
import { expectRefusal } from "../testing/expect-refusal.ts"
import { inTemporaryFolder } from "../testing/in-temporary-folder.ts"
import { readValues } from "../testing/read-values.ts"
import { writeGguf } from "./write-gguf.ts"

const metadata = {
  "general.architecture": "clip",
  "general.alignment": 64,
  "clip.has_vision_encoder": true,
  "clip.vision.image_mean": Float32Array.of(0.5, 0.25),
  "clip.rope": { type: "FLOAT32", value: 10000 },
  negative: -5,
  fraction: 0.5,
  large: { type: "UINT64", value: 1n << 63n },
  least: { type: "INT64", value: -(1n << 63n) },
  exact: { type: "FLOAT64", value: 0.1 },
  tokens: ["<s>", "Ġü", ""],
  types: Int32Array.of(1, -1),
  wide: BigUint64Array.of(1n << 60n),
} as const

test("what is written is read again, every type of it", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "mmproj.gguf")
    const values = Float32Array.from({ length: 128 }, (_, i) => i - 64)
    await writeGguf(path, {
      metadata,
      tensors: [
        { name: "v.weight", dtype: "Q8_0", shape: [2, 2, 32], bytes: () => encodeBlocks("Q8_0", values) },
        { name: "bias", dtype: "F32", shape: [3], bytes: new Uint8Array(Float32Array.of(1, 2, 3).buffer) },
      ],
    })
    expect(await readdir(folder)).toEqual(["mmproj.gguf"])
    await using checkpoint = await openCheckpoint(path)
    expect(checkpoint.metadata).toEqual({
      ...metadata,
      "clip.rope": 10000,
      large: 1n << 63n,
      least: -(1n << 63n),
      exact: 0.1,
    })
    expect(checkpoint.tensors.get("v.weight")).toMatchObject({ dtype: "Q8_0", shape: [2, 2, 32] })
    expect([...(await readValues(checkpoint, "bias"))]).toEqual([1, 2, 3])
    const decoded = await readValues(checkpoint, "v.weight")
    expect(Math.max(...decoded.map((value, i) => Math.abs(value - values[i]!)))).toBeLessThan(0.3)
    expect((await readFile(path)).length % 64).toBe(0)
  }))

test("what GGUF cannot hold is refused, and nothing is left", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "m.gguf")
    const tensor = { name: "x", dtype: "F32", shape: [1], bytes: new Uint8Array(4) } as const
    const write = (tensors: Parameters<typeof writeGguf>[1]["tensors"], values = {}) =>
      writeGguf(path, { metadata: values, tensors })
    await expectRefusal(write([{ ...tensor, dtype: "U16" }]), "tensor-type-unsupported", "x", "U16")
    await expectRefusal(write([{ ...tensor, dtype: "Q4_0" }]), "shape-invalid", "x")
    await expectRefusal(write([tensor, tensor]), "tensor-duplicate", "x")
    await expectRefusal(write([{ ...tensor, shape: [2] }]), "tensor-size-mismatch", "x")
    await expectRefusal(write([], { a: 2 ** 40 }), "metadata-invalid", "a", "UINT32")
    await expectRefusal(write([], { a: { type: "INT8", value: 200 } }), "metadata-invalid", "200")
    await expectRefusal(write([], { "general.alignment": 24 }), "metadata-invalid", "general.alignment")
    expect(await readdir(folder)).toEqual([])
  }))
