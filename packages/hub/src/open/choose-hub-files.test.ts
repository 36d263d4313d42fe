import { expect, it } from "vitest"
import { chooseWeightFiles } from "./choose-hub-files.ts"

it.each([
  ["safetensors before torch files", ["pytorch_model.bin", "model.safetensors"], ["model.safetensors"]],
  [
    "shards with their index left to the metadata",
    ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"],
    ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"],
  ],
  ["a projector alone", ["mm_projector.bin"], ["mm_projector.bin"]],
  ["the one GGUF", ["sub/other.gguf", "model.gguf", "mmproj-f16.gguf"], ["model.gguf", "mmproj-f16.gguf"]],
  [
    "an adapter, with what was trained beside it",
    ["adapter_model.bin", "non_lora_trainables.bin"],
    ["adapter_model.bin", "non_lora_trainables.bin"],
  ],
  ["an adapter's safetensors", ["adapter_model.bin", "adapter_model.safetensors"], ["adapter_model.safetensors"]],
  [
    "a model before the adapter that was merged into it",
    ["adapter_model.bin", "model.safetensors"],
    ["model.safetensors"],
  ],
])("chooses %s", (_, paths, expected) => {
  expect(chooseWeightFiles("org/name", paths)).toEqual(expected)
})

it("says that there is none, or which to choose from", () => {
  expect(() => chooseWeightFiles("org/name", ["tf_model.h5"])).toThrow(expect.objectContaining({ code: "no-weights" }))
  expect(() => chooseWeightFiles("org/name", ["a.gguf", "b.gguf"])).toThrow(/a\.gguf, b\.gguf.*org\/name\/a\.gguf/s)
})
