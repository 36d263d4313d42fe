import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import type { ByteSource } from "../bytes/byte-source.ts"
import { bytesSource } from "../bytes/bytes-source.ts"
import { expectRefusal } from "../testing/expect-refusal.ts"
import { fuzzOpener } from "../testing/fuzz-opener.ts"
import { openSafetensors } from "./open-safetensors.ts"

/** A file with this header text and `dataBytes` bytes of data. */
function file(header: string, dataBytes: number, claimedLength?: bigint) {
  const json = new TextEncoder().encode(header)
  const bytes = new Uint8Array(8 + json.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, claimedLength ?? BigInt(json.length), true)
  bytes.set(json, 8)
  return bytesSource(bytes, "weights.safetensors")
}

const entry = (dtype: string, shape: unknown, begin: number, end: number) =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] })

test("tensors are read whole and in ranges", async () => {
  const header = `{"__metadata__":{"format":"pt"},"b":${entry("U8", [4], 4, 8)},"a":${entry("F32", [], 0, 4)}} `
  await using checkpoint = await openSafetensors(file(header, 8))
  expect([...checkpoint.tensors.keys()]).toEqual(["b", "a"])
  expect(checkpoint.metadata).toEqual({ format: "pt" })
  const tensor = checkpoint.tensors.get("b")!
  expect(tensor).toMatchObject({ dtype: "U8", shape: [4], byteLength: 4, file: "weights.safetensors" })
  expect((await tensor.read(1, 3)).length).toBe(2)
  await expectRefusal(tensor.read(1, 5), "range-invalid", "tensor b")
})

test.each<[what: string, source: ByteSource, code: string, ...names: string[]]>([
  ["a length beyond the limit", file("{}", 0, 100_000_001n), "header-too-large", "100000001"],
  ["a length beyond the file", file("{}", 0, 99n), "file-truncated", "107"],
  ["a length of all ones", file("{}", 0, 0xffffffffffffffffn), "header-too-large", "limit"],
  ["no length at all", bytesSource(new Uint8Array(5), "weights.safetensors"), "file-truncated", "5"],
  ["what is not JSON", file("{nonsense}", 0), "safetensors-invalid", "JSON"],
  ["a JSON list", file("[]", 0), "safetensors-invalid", "object"],
  [
    "a name twice",
    file(`{"a":${entry("U8", [1], 0, 1)},"\\u0061":${entry("U8", [1], 0, 1)}}`, 1),
    "safetensors-invalid",
    "a stands twice",
  ],
  [
    "an unknown element type",
    file(`{"a":${entry("F8_E4M3", [1], 0, 1)}}`, 1),
    "tensor-type-unsupported",
    "tensor a",
    "F8_E4M3",
  ],
  ["a block format", file(`{"a":${entry("Q4_0", [32], 0, 18)}}`, 18), "tensor-type-unsupported", "Q4_0"],
  [
    "the element type toString",
    file(`{"a":${entry("toString", [1], 0, 1)}}`, 1),
    "tensor-type-unsupported",
    "toString",
  ],
  [
    "a shape that contradicts the offsets",
    file(`{"a":${entry("F32", [2], 0, 4)}}`, 4),
    "safetensors-invalid",
    "tensor a",
  ],
  [
    "an overflowing shape",
    file(`{"a":${entry("F32", [2 ** 40, 2 ** 40], 0, 4)}}`, 4),
    "safetensors-invalid",
    "too many",
  ],
  ["a negative dimension", file(`{"a":${entry("F32", [-1], 0, 4)}}`, 4), "safetensors-invalid", "tensor a"],
  [
    "a gap",
    file(`{"a":${entry("U8", [1], 0, 1)},"b":${entry("U8", [1], 2, 3)}}`, 3),
    "safetensors-invalid",
    "before tensor b",
  ],
  [
    "an overlap",
    file(`{"a":${entry("U8", [2], 0, 2)},"b":${entry("U8", [1], 1, 2)}}`, 2),
    "safetensors-invalid",
    "tensor b",
  ],
  ["data beyond the end", file(`{"a":${entry("U8", [9], 0, 9)}}`, 3), "file-truncated", "tensor a"],
  ["bytes of no tensor at the end", file(`{"a":${entry("U8", [1], 0, 1)}}`, 3), "safetensors-invalid", "2 bytes"],
  ["metadata that is not text", file(`{"__metadata__":{"a":1}}`, 0), "safetensors-invalid", "__metadata__"],
])("%s is refused, naming the file", async (_, source, code, ...names) => {
  await expectRefusal(openSafetensors(source), code, "weights.safetensors", ...names)
})

test("tensors of the same name in two files are refused, naming both", async () => {
  const one = file(`{"a":${entry("U8", [1], 0, 1)}}`, 1)
  const two = { ...one, name: "other.safetensors" }
  await expectRefusal(openSafetensors([one, two]), "tensor-duplicate", "weights.safetensors", "other.safetensors")
})

test("sources are closed by the checkpoint, and by a failure to open", async () => {
  let closed = 0
  const watched = (source: ReturnType<typeof file>) => ({ ...source, [Symbol.asyncDispose]: async () => void closed++ })
  await (await openSafetensors(watched(file("{}", 0))))[Symbol.asyncDispose]()
  await expect(openSafetensors(watched(file("{", 0)))).rejects.toThrow()
  expect(closed).toBe(2)
})

test("damaged files are refused or read, never worse", async () => {
  const bytes = await readFile(fixturePath("torch-files/golden.safetensors"))
  const { refused, cases } = await fuzzOpener(new Uint8Array(bytes), openSafetensors, {
    cases: 700,
    seed: 1,
    header: 900,
  })
  expect(refused).toBeGreaterThan(cases / 2)
})
