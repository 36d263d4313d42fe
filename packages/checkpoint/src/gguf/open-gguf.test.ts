import { expect, test } from "vitest"
import { withReference } from "#testing"
import type { ByteSource } from "../bytes/byte-source.ts"
import { bytesSource } from "../bytes/bytes-source.ts"
import { openCheckpoint } from "../open-checkpoint.ts"
import { expectRefusal } from "../testing/expect-refusal.ts"
import { fuzzOpener } from "../testing/fuzz-opener.ts"
import { appendGgufValue } from "./append-gguf-value.ts"
import { ByteBuilder } from "./byte-builder.ts"
import { openGguf } from "./open-gguf.ts"

interface Parts {
  version?: number
  tensors?: { name: string; dimensions: number[]; type: number; offset: number }[]
  tensorCount?: bigint
  valueCount?: bigint
  /** One value unless `valueCount` says otherwise. */
  values?: (builder: ByteBuilder) => void
  dataBytes?: number
}

/** A GGUF file with claims that need not be true. */
function file({ version = 3, tensors = [], tensorCount, valueCount, values, dataBytes = 0 }: Parts, name = "m.gguf") {
  const metadata = new ByteBuilder()
  values?.(metadata)
  const builder = new ByteBuilder().uint32(0x46554747).uint32(version)
  builder
    .uint64(tensorCount ?? tensors.length)
    .uint64(valueCount ?? (values ? 1 : 0))
    .bytes(metadata.finish())
  for (const tensor of tensors) {
    builder.string(tensor.name).uint32(tensor.dimensions.length)
    for (const dimension of tensor.dimensions) builder.uint64(dimension)
    builder.uint32(tensor.type).uint64(tensor.offset)
  }
  return bytesSource(builder.padTo(32).bytes(new Uint8Array(dataBytes)).finish(), name)
}

const f32 = (name: string, dimensions: number[], offset: number) => ({ name, dimensions, type: 0, offset })
const split = (part: number, count: number) => (builder: ByteBuilder) => {
  appendGgufValue(builder.string("split.no"), "", { type: "UINT16", value: part })
  appendGgufValue(builder.string("split.count"), "", { type: "UINT16", value: count })
}

test("shapes are turned to PyTorch's order, and data is found by alignment", async () => {
  const source = file({ tensors: [f32("a", [3, 2], 0), f32("scalar", [], 32)], dataBytes: 36 })
  await using checkpoint = await openGguf(source)
  expect(checkpoint.tensors.get("a")).toMatchObject({ dtype: "F32", shape: [2, 3], byteLength: 24 })
  expect(checkpoint.tensors.get("scalar")).toMatchObject({ shape: [], byteLength: 4 })
  expect((await checkpoint.tensors.get("scalar")!.read()).length).toBe(4)
})

test.each<[what: string, source: ByteSource, code: string, ...names: string[]]>([
  ["more tensors than fit", file({ tensorCount: 1n << 60n }), "gguf-invalid", "tensors"],
  ["more values than fit", file({ valueCount: 1n << 60n }), "gguf-invalid", "metadata values"],
  ["an endless key", file({ values: (b) => b.uint64(1n << 50n), dataBytes: 99 }), "gguf-invalid", "text"],
  [
    "an endless array",
    file({
      values: (b) =>
        b
          .string("k")
          .uint32(9)
          .uint32(4)
          .uint64(1n << 61n),
    }),
    "gguf-invalid",
    "array elements",
  ],
  [
    "an endless array of texts",
    file({
      values: (b) =>
        b
          .string("k")
          .uint32(9)
          .uint32(8)
          .uint64(1n << 40n),
    }),
    "gguf-invalid",
    "array elements",
  ],
  [
    "deep arrays",
    file({
      values: (b) => {
        b.string("k").uint32(9)
        for (let i = 0; i < 50; i++) b.uint32(9).uint64(1)
      },
      dataBytes: 99,
    }),
    "gguf-invalid",
    "nested",
  ],
  ["an unknown value type", file({ values: (b) => b.string("k").uint32(13), dataBytes: 9 }), "gguf-invalid", "13"],
  [
    "a key twice",
    file({
      values: (b) => b.string("k").uint32(7).uint8(1).string("k").uint32(7).uint8(1),
      valueCount: 2n,
      dataBytes: 9,
    }),
    "gguf-invalid",
    "k stands twice",
  ],
  ["a truth value of 2", file({ values: (b) => b.string("k").uint32(7).uint8(2), dataBytes: 9 }), "gguf-invalid", "2"],
  [
    "an odd alignment",
    file({ values: (b) => appendGgufValue(b.string("general.alignment"), "", 24), dataBytes: 9 }),
    "gguf-invalid",
    "24",
  ],
  ["version 1", file({ version: 1 }), "gguf-version", "1"],
  ["big-endian numbers", file({ version: 0x03000000 }), "big-endian", "big-endian"],
  ["data beyond the end", file({ tensors: [f32("a", [9], 0)], dataBytes: 35 }), "file-truncated", "tensor a"],
  ["an overflowing shape", file({ tensors: [f32("a", [2 ** 40, 2 ** 40], 0)] }), "gguf-invalid", "tensor a"],
  ["a thousand dimensions", file({ tensors: [f32("a", Array(1000).fill(1), 0)] }), "gguf-invalid", "1000 dimensions"],
  [
    "tensors that share bytes",
    file({ tensors: [f32("a", [9], 0), f32("b", [1], 32)], dataBytes: 40 }),
    "gguf-invalid",
    "a and b",
  ],
  ["an unaligned tensor", file({ tensors: [f32("a", [1], 4)], dataBytes: 40 }), "gguf-invalid", "aligned"],
  [
    "a name twice",
    file({ tensors: [f32("a", [1], 0), f32("a", [1], 32)], dataBytes: 40 }),
    "gguf-invalid",
    "a is described twice",
  ],
  ["half a block", file({ tensors: [{ ...f32("a", [33], 0), type: 2 }], dataBytes: 40 }), "gguf-invalid", "Q4_0"],
  [
    "a format that is not read",
    file({ tensors: [{ ...f32("a", [256], 0), type: 16 }], dataBytes: 99 }),
    "tensor-type-unsupported",
    "IQ2_XXS",
  ],
  [
    "an unknown format",
    file({ tensors: [{ ...f32("a", [256], 0), type: 77 }], dataBytes: 99 }),
    "tensor-type-unsupported",
    "77",
  ],
  ["nothing after the magic", bytesSource(new TextEncoder().encode("GGUF"), "m.gguf"), "file-truncated", "GGUF header"],
])("%s: refused, naming the file", async (_, source, code, ...names) => {
  await expectRefusal(openGguf(source), code, "m.gguf", ...names)
})

test("the parts of a split file make one checkpoint; a missing or doubled part is named", async () => {
  const part = (no: number, name: string) =>
    file({ tensors: [f32(name, [1], 0)], values: split(no, 2), valueCount: 2n, dataBytes: 4 }, `part-${no}.gguf`)
  await using checkpoint = await openGguf([part(1, "b"), part(0, "a")])
  expect([...checkpoint.tensors.keys()].sort()).toEqual(["a", "b"])
  await expectRefusal(openGguf(part(0, "a")), "shard-missing", "part-0.gguf", "2 parts")
  await expectRefusal(openGguf([part(0, "a"), part(0, "b")]), "tensor-duplicate", "part-0.gguf")
})

test("damaged files are refused or read, never worse", async () => {
  const source = file({
    values: (b) => {
      appendGgufValue(b.string("name"), "", "model")
      appendGgufValue(b.string("tokens"), "", ["<s>", "a", "b", "ü"])
      appendGgufValue(b.string("scores"), "", Float32Array.of(1, 2, 3))
    },
    tensors: [f32("a", [4, 2], 0), { ...f32("b", [32, 2], 32), type: 2 }],
    valueCount: 3n,
    dataBytes: 68,
  })
  const outcome = await fuzzOpener(await source.read(0, source.size), openGguf, { cases: 700, seed: 4 })
  expect(outcome.refused).toBeGreaterThan(outcome.cases / 3)
})

test("the vocabulary of a real model is there, numbers as typed arrays", async (context) => {
  const path = withReference(context, "models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf")
  await using model = await openCheckpoint(path)
  expect(model.metadata["general.architecture"]).toBe("llama")
  expect(model.metadata["llama.rope.freq_base"]).toBe(100000)
  expect(model.metadata["tokenizer.ggml.tokens"]).toHaveLength(49152)
  expect(model.metadata["tokenizer.ggml.token_type"]).toBeInstanceOf(Int32Array)
  expect(model.tensors.get("token_embd.weight")).toMatchObject({ dtype: "Q8_0", shape: [49152, 576] })
})
