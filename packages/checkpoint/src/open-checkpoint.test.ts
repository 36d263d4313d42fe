import { cp, rm, truncate, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { float32ToBfloat16 } from "./dtype/float32-to-bfloat16.ts"
import { writeGguf } from "./gguf/write-gguf.ts"
import { openCheckpoint } from "./open-checkpoint.ts"
import { expectRefusal } from "./testing/expect-refusal.ts"
import { inTemporaryFolder } from "./testing/in-temporary-folder.ts"
import { readValues } from "./testing/read-values.ts"

test("a torch folder holds the same weights as a safetensors folder", async () => {
  await using one = await openCheckpoint(fixturePath("clip/model"))
  await using other = await openCheckpoint(fixturePath("clip/model-torch-bin"))
  for (const name of one.tensors.keys())
    expect(await readValues(other, name), name).toEqual(await readValues(one, name))
  const more = [...other.tensors.values()].filter((tensor) => !one.tensors.has(tensor.name))
  expect(more.map((tensor) => tensor.dtype)).toEqual(more.map(() => "I64"))
})

test("a bfloat16 folder holds the rounded weights of a float32 one", async () => {
  await using one = await openCheckpoint(fixturePath("llama-gqa-tied/model"))
  await using other = await openCheckpoint(fixturePath("llama-gqa-tied/model-bf16"))
  expect([...other.tensors.keys()].sort()).toEqual([...one.tensors.keys()].sort())
  for (const [name, tensor] of other.tensors) {
    expect(tensor.dtype).toBe("BF16")
    const bits = float32ToBfloat16(await readValues(one, name))
    expect(Buffer.from(bits.buffer).equals(await tensor.read()), name).toBe(true)
  }
})

test("a sharded folder under the published names holds the same weights", async () => {
  await using one = await openCheckpoint(fixturePath("llava-hf/model"))
  await using other = await openCheckpoint(fixturePath("llava-hf/model-hub-layout"))
  expect(other.tensors.size).toBe(one.tensors.size)
  for (const [name, tensor] of other.tensors) {
    expect(tensor.dtype).toBe("F16")
    const twin = name.replace("vision_tower.vision_model.", "vision_tower.")
    expect(await readValues(other, name), name).toEqual(await readValues(one, twin))
  }
})

test("a missing shard, a truncated one, and a tensor that is not where the index says are named", () =>
  inTemporaryFolder(async (folder) => {
    for (const [kind, first, second] of [
      ["llava-hf/model-hub-layout", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"],
      ["llava-original-mlp/model", "pytorch_model-00001-of-00002.bin", "pytorch_model-00002-of-00002.bin"],
    ] as const) {
      const copy = join(folder, first)
      await cp(fixturePath(kind), copy, { recursive: true })
      await truncate(join(copy, second), 5000)
      await expectRefusal(openCheckpoint(copy), "file-truncated", second)
      await rm(join(copy, second))
      await expectRefusal(openCheckpoint(copy), "shard-missing", second, "index.json")
      await cp(join(copy, first), join(copy, second))
      await expectRefusal(openCheckpoint(copy), "tensor-missing", second, "index.json")
    }
  }))

test.each([
  ["{", "JSON"],
  ["{}", "weight_map"],
  [`{"weight_map":{}}`, "no tensors"],
  [`{"weight_map":{"a":"x.safetensors","a":"y.safetensors"}}`, "a stands twice"],
  [`{"weight_map":{"a":"../x.safetensors"}}`, "../x.safetensors"],
  [`{"weight_map":{"a":"/etc/passwd"}}`, "/etc/passwd"],
  [`{"weight_map":{"a":"C:\\\\x"}}`, "C:"],
])("an index of %s is refused", (text, word) =>
  inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "model.safetensors.index.json"), text)
    await expectRefusal(openCheckpoint(folder), "index-invalid", "model.safetensors.index.json", word)
  }),
)

test("a folder without weights says what was looked for; several models must be chosen from", () =>
  inTemporaryFolder(async (folder) => {
    await expectRefusal(openCheckpoint(folder), "checkpoint-missing", folder, "model.safetensors", "*.gguf")
    await expectRefusal(openCheckpoint(join(folder, "none")), "file-missing", "none")
    const write = (name: string) =>
      writeGguf(join(folder, name), {
        metadata: { name },
        tensors: [],
      })
    await write("a.gguf")
    await write("mmproj-a.gguf")
    await using checkpoint = await openCheckpoint(folder)
    expect(checkpoint.metadata).toEqual({ name: "a.gguf" })
    await write("b.gguf")
    await expectRefusal(openCheckpoint(folder), "checkpoint-ambiguous", "a.gguf", "b.gguf")
  }))

test("a split GGUF opens by its first part, or by its folder", () =>
  inTemporaryFolder(async (folder) => {
    for (const part of [0, 1])
      await writeGguf(join(folder, `m-0000${part + 1}-of-00002.gguf`), {
        metadata: {
          "split.no": { type: "UINT16", value: part },
          "split.count": { type: "UINT16", value: 2 },
        },
        tensors: [{ name: `t${part}`, dtype: "F32", shape: [1], bytes: new Uint8Array(4) }],
      })
    for (const place of [folder, join(folder, "m-00001-of-00002.gguf")]) {
      await using checkpoint = await openCheckpoint(place)
      expect([...checkpoint.tensors.keys()]).toEqual(["t0", "t1"])
    }
    await rm(join(folder, "m-00002-of-00002.gguf"))
    await expectRefusal(openCheckpoint(folder), "file-missing", "m-00002-of-00002.gguf")
  }))

test("a list of files is one checkpoint", async () => {
  const files = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
  await using whole = await openCheckpoint(fixturePath("llava-hf/model-hub-layout"))
  await using parts = await openCheckpoint(files.map((name) => fixturePath("llava-hf/model-hub-layout", name)))
  expect([...parts.tensors.keys()].sort()).toEqual([...whole.tensors.keys()].sort())
})

test.each([
  ["", "file-truncated", "empty"],
  ["version https://git-lfs.github.com/spec/v1\noid sha256:0", "format-unknown", "git lfs pull"],
  ["<!DOCTYPE html><html>", "format-unknown", "web page"],
  ["just text", "format-unknown", "just tex"],
])("a file of %j is not weights", (content, code, word) =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "model.safetensors")
    await writeFile(path, content)
    await expectRefusal(openCheckpoint(path), code, path, word)
  }),
)
