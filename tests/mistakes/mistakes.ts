import { cp, mkdir } from "node:fs/promises"
import { join } from "node:path"
import { openCheckpoint, writeGguf, writeSafetensors } from "@llava/checkpoint"
import { fixturePath } from "#testing"
import { DamagedModel, type DamagedModels } from "./damaged-model.ts"
import { writeTooBigModel } from "./write-too-big-model.ts"

export interface Mistake {
  /** Of the error that a library's user gets. */
  code: string
  /** What its message has to name: file, tensor, key, limit; and the fix. */
  names: readonly (string | RegExp)[]
  /** Makes the mistake in a folder of this name. */
  make(models: DamagedModels, name: string): Promise<OpenedWith>
}

/** What is opened, as `openModel` and the command line take it. */
export interface OpenedWith {
  model: string
  template?: string
  mmproj?: string
  base?: string
}

const up = "model.layers.1.mlp.up_proj.weight"
const secondShard = "pytorch_model-00002-of-00002.bin"
const download = /get it again|download|copy it again/i

function text(damage: (model: DamagedModel) => Promise<void>): Mistake["make"] {
  return async (models, name) => {
    const model = await models.text(name)
    await damage(model)
    return { model: model.folder }
  }
}

function original(damage: (model: DamagedModel) => Promise<void>): Mistake["make"] {
  return async (models, name) => {
    const model = await models.original(name)
    await damage(model)
    return { model: model.folder }
  }
}

function huggingFace(keys: Record<string, unknown>): Mistake["make"] {
  return async (models, name) => {
    const model = await models.huggingFace(name)
    await model.set(keys)
    return { model: model.folder }
  }
}

function gguf(metadata: Record<string, string>, change: (bytes: Buffer) => Uint8Array = (bytes) => bytes) {
  return async (models: DamagedModels, name: string): Promise<OpenedWith> => {
    const folder = new DamagedModel(join(models.root, name))
    await mkdir(folder.folder)
    const tensor = { name: "token_embd.weight", dtype: "F32" as const, shape: [8, 32], bytes: new Uint8Array(1024) }
    await writeGguf(folder.path("model.gguf"), { metadata, tensors: [tensor] })
    await folder.change("model.gguf", change)
    return { model: folder.path("model.gguf") }
  }
}

/** A folder that holds the projector of a LLaVA alone, as the first stage of training leaves it. */
async function projectorAlone(models: DamagedModels, name: string): Promise<OpenedWith> {
  const { folder, ...model } = await models.original(name)
  const alone = new DamagedModel(join(folder, "../projector"))
  await mkdir(alone.folder)
  await cp(join(folder, "config.json"), alone.path("config.json"))
  await using checkpoint = await openCheckpoint(folder)
  const projector = [...checkpoint.tensors].filter(([tensor]) => tensor.includes("mm_projector"))
  const tensors = projector.map(([tensor, stored]) => ({ ...stored, name: tensor, bytes: () => stored.read() }))
  await writeSafetensors(alone.path("mm_projector.safetensors"), tensors)
  return { ...model, model: alone.folder }
}

/** Mistakes in the files of a model, each of which is one error. */
export const mistakes: Readonly<Record<string, Mistake>> = {
  "a folder without config.json": {
    code: "config-missing",
    names: ["no config.json", "Give a folder"],
    make: text((model) => model.remove("config.json")),
  },
  "config.json that is no JSON": {
    code: "json-invalid",
    names: ["config.json is no JSON", download],
    make: text((model) => model.write("config.json", "{ nope")),
  },
  "config.json with a wrong value": {
    code: "config-invalid",
    names: ["config.json: hidden_size", "Compare it"],
    make: text((model) => model.set({ hidden_size: "large" })),
  },
  "config.json with a million layers": {
    code: "config-invalid",
    names: ["config.json: num_hidden_layers", "10000", "Compare it"],
    make: text((model) => model.set({ num_hidden_layers: 1_000_000 })),
  },
  "an unknown model type": {
    code: "unknown-model-type",
    names: ["config.json", "'mamba'", "Known are: llama", "--part"],
    make: text((model) => model.set({ model_type: "mamba" })),
  },
  "a folder without a tokenizer": {
    code: "no-tokenizer",
    names: ["tokenizer.json", "--tokenizer FILE"],
    make: text((model) => model.remove("tokenizer.json")),
  },
  "a damaged tokenizer": {
    code: "malformed-tokenizer-file",
    names: ["/tokenizer.json", download],
    make: text((model) => model.write("tokenizer.json", "{")),
  },
  "a tokenizer of an unknown kind": {
    code: "malformed-tokenizer-file",
    names: ["/tokenizer.json", "model.type", "Compare it"],
    make: text((model) => model.set({ model: { type: "Magic" } }, "tokenizer.json")),
  },
  "no weights": {
    code: "checkpoint-missing",
    names: ["holds no weights", "model.safetensors", "Give the folder"],
    make: text((model) => model.remove("model.safetensors")),
  },
  "empty weights": {
    code: "file-truncated",
    names: ["model.safetensors is empty", download],
    make: text((model) => model.write("model.safetensors", "")),
  },
  "a web page in place of weights": {
    code: "format-unknown",
    names: ["model.safetensors is a web page", download],
    make: text((model) => model.write("model.safetensors", "<!doctype html><title>Sign in</title>".repeat(9))),
  },
  "truncated weights": {
    code: "file-truncated",
    names: ["model.safetensors: tensor model.norm.weight", "the file ends at", download],
    make: text((model) => model.change("model.safetensors", (bytes) => bytes.subarray(0, -100))),
  },
  "a safetensors header whose length lies": {
    code: "header-too-large",
    names: ["model.safetensors", "1125899906842624", "limit is 100000000", download],
    make: text((model) =>
      model.change("model.safetensors", (bytes) => {
        bytes.writeBigUInt64LE(1n << 50n)
        return bytes
      }),
    ),
  },
  "a tensor that is missing": {
    code: "tensor-missing",
    names: [up, "model.safetensors", "incomplete"],
    make: text((model) => model.tensors((tensor) => (tensor.name === up ? undefined : tensor))),
  },
  "a tensor too many": {
    code: "tensor-unexpected",
    names: ["model.layers.9.mlp.up_proj.weight", "model.safetensors", "another model's"],
    make: text((model) =>
      model
        .tensors((tensor) =>
          tensor.name === "lm_head.weight" ? { ...tensor, name: "model.layers.9.mlp.up_proj.weight" } : tensor,
        )
        .then(() => model.set({ tie_word_embeddings: true })),
    ),
  },
  "a tensor of the wrong shape": {
    code: "tensor-shape",
    names: [up, "model.safetensors", "config wants", "another model's"],
    make: text((model) =>
      model.tensors((tensor) => (tensor.name === up ? { ...tensor, shape: tensor.shape.toReversed() } : tensor)),
    ),
  },
  "a tensor of whole numbers": {
    code: "tensor-type",
    names: [up, "model.safetensors", "I64", "floating point"],
    make: text((model) =>
      model.tensors((tensor) => {
        const bytes = () => new Uint8Array(8 * tensor.shape.reduce((product, size) => product * size))
        return tensor.name === up ? { ...tensor, dtype: "I64", bytes } : tensor
      }),
    ),
  },
  "a pickle that wants to call something": {
    code: "pickle-refused",
    names: ["pytorch_model.bin", "posix.system", "safetensors"],
    make: text(async (model) => {
      await model.remove("model.safetensors")
      await cp(fixturePath("torch-files/hostile.bin"), model.path("pytorch_model.bin"))
    }),
  },
  "a zip archive whose directory lies": {
    code: "zip-invalid",
    names: ["pytorch_model.bin", "entry 0", download],
    make: text(async (model) => {
      await model.remove("model.safetensors")
      await cp(fixturePath("torch-files/zip.bin"), model.path("pytorch_model.bin"))
      await model.change("pytorch_model.bin", (bytes) => {
        bytes.writeUInt16LE(0xffff, bytes.indexOf("PK\u0001\u0002") + 28)
        return bytes
      })
    }),
  },
  "a missing shard": {
    code: "shard-missing",
    names: [secondShard, "pytorch_model.bin.index.json", "Download"],
    make: original((model) => model.remove(secondShard)),
  },
  "a truncated shard": {
    code: "file-truncated",
    names: [secondShard, "complete", download],
    make: original((model) => model.change(secondShard, (bytes) => bytes.subarray(0, bytes.length / 2))),
  },
  "an empty shard": {
    code: "file-truncated",
    names: [`${secondShard} is empty`, download],
    make: original((model) => model.write(secondShard, "")),
  },
  "a shard that is a Git LFS pointer": {
    code: "format-unknown",
    names: [`${secondShard} is a Git LFS pointer`, "git lfs pull"],
    make: original((model) => model.write(secondShard, "version https://git-lfs.github.com/spec/v1\n")),
  },
  "a damaged index of shards": {
    code: "index-invalid",
    names: ["pytorch_model.bin.index.json", "Download"],
    make: original((model) => model.write("pytorch_model.bin.index.json", "{")),
  },
  "an unknown projector": {
    code: "unknown-model-type",
    names: ["config.json", "'resampler'", "Known are: linear", "--part"],
    make: original((model) => model.set({ mm_projector_type: "resampler" })),
  },
  "a projector of another depth": {
    code: "tensor-missing",
    names: ["projector", "'linear_3.weight'", "pytorch_model-", "another model's"],
    make: original((model) => model.set({ mm_projector_type: "mlp3x_gelu" })),
  },
  "an image encoder of an unknown type": {
    code: "unknown-model-type",
    names: ["vision-tower/config.json", "'siglip_vision_model'", "--part"],
    make: original((model) => model.set({ model_type: "siglip_vision_model" }, "../vision-tower/config.json")),
  },
  "an image encoder that is nowhere": {
    code: "model-not-found",
    names: ["config.json: mm_vision_tower '../nowhere'", "image encoder"],
    make: original((model) => model.set({ mm_vision_tower: "../nowhere" })),
  },
  "an image encoder without config.json": {
    code: "config-missing",
    names: ["vision-tower", "config.json"],
    make: original((model) => model.remove("../vision-tower/config.json")),
  },
  "a layer that the image encoder does not have": {
    code: "config-invalid",
    names: ["config.json: mm_vision_select_layer is -40", "from -4 to 3"],
    make: original((model) => model.set({ mm_vision_select_layer: -40 })),
  },
  "LLaVA 1.6 in the original's layout": {
    code: "image-aspect-ratio-unsupported",
    names: ["config.json: image_aspect_ratio", "anyres", "LLaVA 1.5"],
    make: original((model) => model.set({ image_aspect_ratio: "anyres" })),
  },
  "LLaVA 1.6 in Hugging Face's layout": {
    code: "image-aspect-ratio-unsupported",
    names: ["config.json: image_grid_pinpoints", "anyres", "LLaVA 1.5"],
    make: huggingFace({ model_type: "llava_next", image_grid_pinpoints: [[336, 672]] }),
  },
  "another model with images": {
    code: "unknown-model-type",
    names: ["config.json: model_type", "paligemma", "LLaVA"],
    make: huggingFace({ model_type: "paligemma" }),
  },
  "no template": {
    code: "template-missing",
    names: ["--template NAME", "vicuna_v1"],
    make: (models, name) => huggingFace({})(models, name).then((opened) => ({ ...opened, template: "" })),
  },
  "an unknown template": {
    code: "unknown-template",
    names: ['"v9"', "vicuna_v1"],
    make: (models, name) => huggingFace({})(models, name).then((opened) => ({ ...opened, template: "v9" })),
  },
  "a projector without its language model": {
    code: "base-missing",
    names: ["projector holds no language model", "--base"],
    make: projectorAlone,
  },
  "delta weights with the wrong base": {
    code: "tensor-shape",
    names: ["lm_head.weight", "pytorch_model-", "model.safetensors", "made from"],
    make: async (models, name) => {
      const { folder: base } = await models.text(`${name}, base`)
      return { ...(await original(async () => undefined)(models, name)), base }
    },
  },
  "a base that is nowhere": {
    code: "model-not-found",
    names: ["base model './nowhere'"],
    make: (models, name) => projectorAlone(models, name).then((opened) => ({ ...opened, base: "./nowhere" })),
  },
  "mmproj for a model that is no GGUF file": {
    code: "option-unused",
    names: ["mmproj", "Leave"],
    make: (models, name) => huggingFace({})(models, name).then((opened) => ({ ...opened, mmproj: "x.gguf" })),
  },
  "a model too big for the adapter": {
    code: "limit-exceeded",
    names: ["model.embed_tokens.weight", "8589934592 bytes", "BufferBindingSize", "smaller dtype"],
    make: async (models, name) => ({ model: await writeTooBigModel(join(models.root, name)) }),
  },
  "a GGUF file of an unknown architecture": {
    code: "unknown-model-type",
    names: ["model.gguf", "'mamba'", "Known are: llama", "--part"],
    make: gguf({ "general.architecture": "mamba" }),
  },
  "a GGUF file of image parts": {
    code: "unknown-model-type",
    names: ["model.gguf", "'clip'", "--mmproj"],
    make: gguf({ "general.architecture": "clip" }),
  },
  "a GGUF file of version 1": {
    code: "gguf-version",
    names: ["model.gguf", "version 1", "Convert"],
    make: gguf({ "general.architecture": "llama" }, (bytes) => {
      bytes.writeUInt32LE(1, 4)
      return bytes
    }),
  },
  "a big-endian GGUF file": {
    code: "big-endian",
    names: ["model.gguf", "big-endian", "Convert"],
    make: gguf({ "general.architecture": "llama" }, (bytes) => {
      bytes.writeUInt32BE(3, 4)
      return bytes
    }),
  },
  "a GGUF header whose counts lie": {
    code: "gguf-invalid",
    names: ["model.gguf", "1099511627776 tensors", download],
    make: gguf({ "general.architecture": "llama" }, (bytes) => {
      bytes.writeBigUInt64LE(1n << 40n, 8)
      return bytes
    }),
  },
  "a truncated GGUF file": {
    code: "file-truncated",
    names: ["model.gguf: tensor token_embd.weight", download],
    make: gguf({ "general.architecture": "llama" }, (bytes) => bytes.subarray(0, -100)),
  },
}
