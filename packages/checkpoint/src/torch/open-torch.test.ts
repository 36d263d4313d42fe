import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { fixturePath, withReference } from "#testing"
import type { ByteSource } from "../bytes/byte-source.ts"
import { bytesSource } from "../bytes/bytes-source.ts"
import { openCheckpoint } from "../open-checkpoint.ts"
import { expectRefusal } from "../testing/expect-refusal.ts"
import { fuzzOpener } from "../testing/fuzz-opener.ts"
import { pickle, storedZip } from "../testing/pickle-builder.ts"
import { readValues } from "../testing/read-values.ts"
import { openTorch } from "./open-torch.ts"

test.each([
  ["zip.bin", ""],
  ["legacy.bin", ""],
  ["nested.bin", "model."],
])("%s: views, shared storage and every type are the golden bytes, whole and in ranges", async (file, prefix) => {
  await using golden = await openCheckpoint(fixturePath("torch-files/golden.safetensors"))
  await using checkpoint = await openCheckpoint(fixturePath("torch-files", file))
  expect([...checkpoint.tensors.keys()].sort()).toEqual([...golden.tensors.keys()].map((name) => prefix + name).sort())
  for (const expected of golden.tensors.values()) {
    const tensor = checkpoint.tensors.get(prefix + expected.name)!
    const { dtype, shape, byteLength } = expected
    expect(tensor).toMatchObject({ dtype, shape, byteLength })
    const bytes = Buffer.from(await expected.read())
    expect(bytes.equals(await tensor.read()), expected.name).toBe(true)
    for (let begin = 0; begin <= byteLength; begin += 7)
      for (const end of [begin, Math.min(begin + 5, byteLength), byteLength])
        if (!bytes.subarray(begin, end).equals(await tensor.read(begin, end)))
          expect.fail(`${expected.name} [${begin}, ${end})`)
  }
})

test("plain values beside the tensors are the metadata", async () => {
  await using checkpoint = await openCheckpoint(fixturePath("torch-files/nested.bin"))
  expect(checkpoint.metadata).toEqual({ epoch: 3, args: { lr: 0.1, name: "x", betas: [0.9, 0.95], none: null } })
})

test("a contiguous tensor is read alone, not with its storage", async () => {
  const inner = bytesSource(new Uint8Array(await readFile(fixturePath("torch-files/zip.bin"))), "zip.bin")
  const ranges: number[] = []
  const source: ByteSource = {
    ...inner,
    read(begin, end) {
      ranges.push(end - begin)
      return inner.read(begin, end)
    },
  }
  await using checkpoint = await openTorch(source)
  ranges.length = 0
  await checkpoint.tensors.get("shared_b")!.read(4, 12)
  expect(Math.max(...ranges)).toBeLessThanOrEqual(30)
})

test("tensors of unreadable kinds refuse only themselves", async () => {
  await using checkpoint = await openCheckpoint(fixturePath("torch-odd/odd.bin"))
  for (const name of ["complex", "negated", "sparse", "quantised", "float8", "meta"]) {
    const tensor = checkpoint.tensors.get(name)!
    expect(tensor.name).toBe(name)
    await expectRefusal(tensor.read(), "tensor-type-unsupported", name, "odd.bin")
    expect(() => tensor.dtype).toThrow(name)
    expect(() => tensor.shape).toThrow(name)
    expect(() => tensor.byteLength).toThrow(name)
  }
  expect([...(await readValues(checkpoint, "uint16"))]).toEqual([1, 65535])
  expect([...(await readValues(checkpoint, "expanded"))]).toEqual([1, 2, 1, 2, 1, 2])
  expect([...(await readValues(checkpoint, "list.0"))]).toEqual([1, 1])
  expect([...(await readValues(checkpoint, "7"))]).toEqual([1])
  const permuted = Array.from({ length: 24 }, (_, i) => (i % 6) * 4 + Math.floor(i / 6))
  expect([...(await readValues(checkpoint, "permuted"))]).toEqual(permuted)
  expect(checkpoint.metadata).toEqual({
    bytes: Uint8Array.of(97, 98, 99),
    set: [1, 2],
    size: [1, 2],
    device: "cuda:0",
    ordered: { a: 1 },
    big: 2n ** 80n,
  })
})

test.each(["state.bin", "script.pt"])("%s holds the parameters and buffers of its module", async (file) => {
  await using golden = await openCheckpoint(fixturePath("torch-odd/state.safetensors"))
  await using checkpoint = await openCheckpoint(fixturePath("torch-odd", file))
  expect([...checkpoint.tensors.keys()].sort()).toEqual([...golden.tensors.keys()].sort())
  for (const name of golden.tensors.keys())
    expect(await readValues(checkpoint, name), name).toEqual(await readValues(golden, name))
})

test("a pickled module is refused: rebuilding it would run its code", async () => {
  const opening = openCheckpoint(fixturePath("torch-odd/module.bin"))
  await expectRefusal(opening, "pickle-refused", "module.bin", "torch.nn.modules.container.Sequential")
})

test("a published state dict on a GPU opens", async (context) => {
  await using checkpoint = await openCheckpoint(withReference(context, "models/clip-mira-tiny/clip.pt"))
  expect(checkpoint.tensors.size).toBe(745)
  expect(checkpoint.tensors.get("vision_encoder.projection")!.shape).toEqual([32, 128])
  expect((await readValues(checkpoint, "vision_encoder.projection")).every(Number.isFinite)).toBe(true)
})

test("other zip archives and pickles are not torch files", async () => {
  const zip = bytesSource(storedZip({ "word/document.xml": pickle("x") }), "letter.docx")
  await expectRefusal(openTorch(zip), "torch-unknown", "letter.docx", "data.pkl")
  await expectRefusal(openTorch(bytesSource(pickle(0x80, 2, "}."), "plain.pkl")), "torch-unknown", "plain.pkl")
  await expectRefusal(openTorch(bytesSource(new Uint8Array(40), "zeros.bin")), "torch-unknown", "zeros.bin")
})

test.each([
  ["zip.bin", 1200],
  ["legacy.bin", 1500],
  ["nested.bin", 1200],
])("damaged versions of %s are refused or read, never worse", async (file, header) => {
  const bytes = new Uint8Array(await readFile(fixturePath("torch-files", file)))
  const all = await fuzzOpener(bytes, openTorch, { cases: 400, seed: 2 })
  expect(all.refused).toBeGreaterThan(all.cases / 3)
  await fuzzOpener(bytes, openTorch, { cases: 400, seed: 3, header })
})
