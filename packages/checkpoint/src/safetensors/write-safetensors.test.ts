import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { openCheckpoint } from "../open-checkpoint.ts"
import { storedTensorChunks } from "../stored-tensor-chunks.ts"
import type { TensorToWrite } from "../tensor-to-write.ts"
import { expectRefusal } from "../testing/expect-refusal.ts"
import { inTemporaryFolder } from "../testing/in-temporary-folder.ts"
import { readValues } from "../testing/read-values.ts"
import { writeSafetensors } from "./write-safetensors.ts"

const floats = (name: string, ...values: number[]): TensorToWrite => ({
  name,
  dtype: "F32",
  shape: [values.length],
  bytes: () => new Uint8Array(Float32Array.from(values).buffer),
})

test("one file: header padded to 8 bytes, format pt, wide elements first", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "model.safetensors")
    const flags: TensorToWrite = { name: "flags", dtype: "BOOL", shape: [3], bytes: Uint8Array.of(1, 0, 1) }
    const progress: number[] = []
    const written = await writeSafetensors(path, [flags, floats("ü", 1, 2)], {
      metadata: { step: "7" },
      onProgress: ({ writtenBytes }) => progress.push(writtenBytes),
    })
    expect(written).toEqual({ files: [path], totalBytes: 11 })
    expect(progress).toEqual([8, 11])
    const bytes = await readFile(path)
    expect(bytes.readBigUInt64LE() % 8n).toBe(0n)
    await using checkpoint = await openCheckpoint(folder)
    expect(checkpoint.metadata).toEqual({ format: "pt", step: "7" })
    expect([...(await readValues(checkpoint, "ü"))]).toEqual([1, 2])
    expect([...(await readValues(checkpoint, "flags"))]).toEqual([1, 0, 1])
    expect(await readdir(folder)).toEqual(["model.safetensors"])
  }))

test("shards are named and listed as transformers does, and replace what stood there", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "model.safetensors")
    await writeSafetensors(path, [floats("old", 1)])
    await writeFile(join(folder, "config.json"), "{}")
    async function* tensors() {
      yield floats("b", 1, 2)
      yield floats("large", 1, 2, 3, 4, 5)
      yield floats("a", 3)
      yield floats("c", 4, 5)
    }
    await writeSafetensors(path, tensors(), { maxShardBytes: 12 })
    expect(await readdir(folder)).toEqual([
      "config.json",
      "model-00001-of-00003.safetensors",
      "model-00002-of-00003.safetensors",
      "model-00003-of-00003.safetensors",
      "model.safetensors.index.json",
    ])
    expect(JSON.parse(await readFile(join(folder, "model.safetensors.index.json"), "utf8"))).toEqual({
      metadata: { total_size: 40 },
      weight_map: {
        a: "model-00002-of-00003.safetensors",
        b: "model-00002-of-00003.safetensors",
        c: "model-00003-of-00003.safetensors",
        large: "model-00001-of-00003.safetensors",
      },
    })
    await using checkpoint = await openCheckpoint(folder)
    expect([...(await readValues(checkpoint, "large"))]).toEqual([1, 2, 3, 4, 5])
    await writeSafetensors(path, [floats("new", 1)])
    expect(await readdir(folder)).toEqual(["config.json", "model.safetensors"])
  }))

test("a copy of a checkpoint, in pieces, equals it", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "model.safetensors")
    await writeSafetensors(path, [floats("a", 1, 2, 3), floats("empty")])
    await using original = await openCheckpoint(path)
    const copies = Array.from(original.tensors.values(), (tensor) => ({
      ...tensor,
      bytes: () => storedTensorChunks(tensor, 5),
    }))
    await writeSafetensors(join(folder, "copy.safetensors"), copies)
    expect(await readFile(join(folder, "copy.safetensors"))).toEqual(await readFile(path))
  }))

test("when anything fails, the old files stand and nothing half-written is left", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "model.safetensors")
    await writeSafetensors(path, [floats("old", 1)])
    const before = await readFile(path)
    const failing: TensorToWrite = { ...floats("x", 1, 2), bytes: () => new Uint8Array(4) }
    const many: TensorToWrite = { ...floats("x", 1), bytes: () => [new Uint8Array(4), new Uint8Array(4)] }
    const throwing: TensorToWrite = {
      ...floats("x", 1),
      bytes: () => {
        throw new TypeError("device lost")
      },
    }
    await expectRefusal(writeSafetensors(path, [floats("a", 1), failing]), "tensor-size-mismatch", "x")
    await expectRefusal(writeSafetensors(path, [many]), "tensor-size-mismatch", "more")
    await expect(writeSafetensors(path, [floats("a", 1), throwing], { maxShardBytes: 1 })).rejects.toThrow(
      "device lost",
    )
    await expect(writeSafetensors(path, [floats("a", 1)], { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
    await expectRefusal(writeSafetensors(path, [floats("a"), floats("a")]), "tensor-duplicate", "a")
    await expectRefusal(
      writeSafetensors(path, [{ name: "q", dtype: "Q4_0", shape: [32], bytes: new Uint8Array(18) }]),
      "tensor-type-unsupported",
      "q",
    )
    await expectRefusal(writeSafetensors(join(folder, "no", "m.safetensors"), []), "folder-missing", "m.safetensors")
    await expectRefusal(writeSafetensors(join(folder, "m.bin"), []), "path-invalid", "m.bin")
    expect(await readdir(folder)).toEqual(["model.safetensors"])
    expect(await readFile(path)).toEqual(before)
  }))
