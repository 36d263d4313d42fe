import { copyFileSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Checkpoint, decodeTensorBytes, openCheckpoint, writeSafetensors } from "@llava/checkpoint"
import {
  addLora,
  type Llava,
  loadAdapter,
  loadLlava,
  mergeLora,
  namedAdapters,
  removeLora,
  saveAdapter,
  saveLlava,
} from "@llava/model"
import { Tensor } from "@llava/tensor"
import { describe, expect, it } from "vitest"
import { evaluate, expectClose, fixturePath, randomValues, testDevice } from "#testing"
import { inTemporaryFolder } from "./in-temporary-folder.ts"
import { openGolden, parts, picture } from "./open-golden.ts"

const device = await testDevice()
const tolerance = device.profile.software ? 1 : 10
const adapterFolder = fixturePath("lora-original", "adapter")
const wholeModel = fixturePath("llava-original-mlp", "model")

function question(model: Llava) {
  const content = [{ type: "image", image: picture } as const, { type: "text", text: "What is this?" } as const]
  const messages = [{ role: "user", content } as const]
  return model.generate({ messages, maxNewTokens: 8, ignoreEndOfSequence: true }).result
}

const tokens = async (model: Llava) => (await question(model)).tokenIds

/** What PEFT computes with the adapter of the fixture. */
async function expectAdapted(model: Llava): Promise<void> {
  await using expected = await openCheckpoint(fixturePath("lora-original", "expected.safetensors"))
  const read = async (name: string) => {
    const stored = expected.tensors.get(name)!
    return Float32Array.from(decodeTensorBytes(stored.dtype, await stored.read()))
  }
  const ids = expected.tensors.get("input_ids")!
  const [rows, width] = ids.shape as [number, number]
  const values = new Int32Array((await ids.read()).slice().buffer)
  const { languageModel, projector } = model
  const last = Array.from({ length: rows }, (_, row) => (row + 1) * width - 1)
  const logits = await evaluate(device, () =>
    languageModel.logits(languageModel.forward(languageModel.embed(Tensor.from(device, values, [rows, width]))), last),
  )
  expectClose(logits, await read("logits"), 2e-5 * tolerance)
  const features = await read("features")
  const { shape } = expected.tensors.get("features")!
  const projected = await evaluate(device, () => projector!.project(Tensor.from(device, features, shape)))
  expectClose(projected, await read("projected"), 1e-5 * tolerance)
}

/** Adapters with something in B. */
function addRandomLora(model: Llava, targets: readonly string[]): void {
  const added = addLora(model, { rank: 4, alpha: 16, targets, seed: 5 })
  for (const [index, { adapter }] of added.entries()) {
    const { shape } = adapter.lora_B.weight
    adapter.lora_B.weight.set(Tensor.from(device, randomValues(shape[0]! * shape[1]!, index), shape))
  }
}

describe("the original LLaVA's LoRA output", () => {
  it("is loaded onto the whole model", async () => {
    await using model = await loadLlava(wholeModel, { parts, template: "v1", device, dtype: "f32" })
    const before = await tokens(model)
    const { layers, weights } = await loadAdapter(model, adapterFolder)
    expect(layers[0]?.path).toBe("language_model.model.layers.0.self_attn.q_proj")
    expect(layers.every(({ adapter }) => adapter.rank === 4 && adapter.scaling === 2)).toBe(true)
    expect(weights.toSorted()).toEqual(
      [1, 2].flatMap((n) => [`projector.linear_${n}.bias`, `projector.linear_${n}.weight`]),
    )
    await expectAdapted(model)
    // The prompt and the picture had been computed with other weights.
    const fresh = await openAdapted()
    try {
      const after = await tokens(model)
      expect(after).toEqual(await tokens(fresh))
      expect(after).not.toEqual(before)
    } finally {
      await fresh[Symbol.asyncDispose]()
    }
  })

  it("opens with its base: a LLaVA, or a language model without any projector", async () => {
    const { liveBuffers } = device.memory
    {
      await using model = await openAdapted()
      await expectAdapted(model)
      expect(model.options.imageAspectRatio).toBe("pad")
    }
    await inTemporaryFolder(async (base) => {
      await writeLanguageModel(base)
      await using model = await loadLlava(adapterFolder, { parts, base, template: "v1", device, dtype: "f32" })
      await expectAdapted(model)
    })
    expect(device.memory.liveBuffers).toBe(liveBuffers)
  })

  it("asks for its base, by the name that its files give", async () => {
    const opening = loadLlava(adapterFolder, { parts, template: "v1", device })
    await expect(opening).rejects.toThrow(expect.objectContaining({ code: "base-missing" }))
    await expect(opening).rejects.toThrow(/--base.*lmsys\/vicuna-7b-v1\.5/s)
  })
})

const openAdapted = () => loadLlava(adapterFolder, { parts, base: wholeModel, template: "v1", device, dtype: "f32" })

/** The fixture's language model alone, as a folder. */
async function writeLanguageModel(folder: string): Promise<void> {
  await using checkpoint: Checkpoint = await openCheckpoint(wholeModel)
  const own = [...checkpoint.tensors.values()].filter(({ name }) => !/mm_projector|vision_tower/.test(name))
  const tensors = own.map(({ name, dtype, shape, read }) => ({ name, dtype, shape, bytes: () => read() }))
  await writeSafetensors(join(folder, "model.safetensors"), tensors)
  const config = JSON.parse(readFileSync(join(wholeModel, "config.json"), "utf8"))
  const language = Object.entries(config).filter(([key]) => !/^(mm_|model_type|image_)/.test(key))
  writeFileSync(join(folder, "config.json"), JSON.stringify({ ...Object.fromEntries(language), model_type: "llama" }))
  for (const file of ["tokenizer.model", "tokenizer_config.json"])
    copyFileSync(join(wholeModel, file), join(folder, file))
}

describe("a LLaVA with adapters", () => {
  it("is saved as an adapter with its projector, and loaded again", async () => {
    await inTemporaryFolder(async (folder) => {
      await using model = await openGolden()
      const before = await tokens(model)
      addRandomLora(model, ["language_model"])
      const adapted = await tokens(model)
      expect(adapted).not.toEqual(before)
      await saveAdapter(model, folder, { weights: ["projector"] })
      await using checkpoint = await openCheckpoint(join(folder, "adapter_model.safetensors"))
      expect([...checkpoint.tensors.keys()]).toContain(
        "base_model.model.model.language_model.layers.1.mlp.down_proj.lora_B.weight",
      )
      expect([...checkpoint.tensors.keys()]).toContain("base_model.model.model.multi_modal_projector.linear_2.bias")
      const config = JSON.parse(readFileSync(join(folder, "adapter_config.json"), "utf8"))
      // The image encoder has a q_proj as well.
      expect(config.target_modules).toContain("model.language_model.layers.0.self_attn.q_proj")
      expect(config.base_model_name_or_path).toBe(wholeModel)
      removeLora(model)
      expect(await tokens(model)).toEqual(before)
      const { layers, weights } = await loadAdapter(model, folder)
      expect([layers.length, weights.length]).toEqual([14, 4])
      expect(await tokens(model)).toEqual(adapted)
    })
  })

  it.each(["f32", "f16"] as const)("is saved merged, with %s weights", async (dtype) => {
    await inTemporaryFolder(async (folder) => {
      await using model = await loadLlava(wholeModel, { parts, template: "v1", device, dtype })
      addRandomLora(model, ["*_proj"])
      const hidden = ({ languageModel }: Llava) =>
        evaluate(device, () => {
          const ids = Tensor.from(device, Int32Array.from([1, 5, 9, 700]), [1, 4])
          return languageModel.forward(languageModel.embed(ids))
        })
      const expected = await hidden(model)
      await saveLlava(model, folder, { dtype: "F32" })
      await using saved = await openCheckpoint(folder)
      expect([...saved.tensors.keys()].filter((name) => name.includes("lora"))).toEqual([])
      await using again = await loadLlava(folder, { parts, device })
      expectClose(await hidden(again), expected, 1e-5 * tolerance)
      // What is merged already is not added twice.
      mergeLora(model)
      await saveLlava(model, folder, { dtype: "F32" })
      await using twice = await loadLlava(folder, { parts, device })
      expectClose(await hidden(twice), expected, 1e-5 * tolerance)
    })
  })
})

describe("bad adapters", () => {
  const changed = async (
    change: (config: Record<string, unknown>) => void,
    test: (model: Llava, folder: string) => Promise<void>,
  ) =>
    inTemporaryFolder(async (folder) => {
      for (const file of ["adapter_model.bin", "non_lora_trainables.bin"])
        copyFileSync(join(adapterFolder, file), join(folder, file))
      const config = JSON.parse(readFileSync(join(adapterFolder, "adapter_config.json"), "utf8"))
      change(config)
      writeFileSync(join(folder, "adapter_config.json"), JSON.stringify(config))
      await using model = await openGolden()
      const { liveBuffers } = device.memory
      await test(model, folder)
      expect([...namedAdapters(model)]).toEqual([])
      expect(device.memory.liveBuffers).toBe(liveBuffers)
    })

  it.each([
    [{ r: 8 }, "tensor-shape", /rank 4.*says 8/],
    [{ rank_pattern: { q_proj: 2 } }, "tensor-shape", /q_proj.*rank 4.*says 2/],
    [{ rank_pattern: { "q_proj(": 2 } }, "config-invalid", /q_proj\(/],
    [{ use_dora: true }, "adapter-unsupported", /use_dora/],
    [{ init_lora_weights: "pissa" }, "adapter-unsupported", /pissa/],
    [{ layer_replication: [[0, 2]] }, "adapter-unsupported", /layer_replication/],
    [{ peft_type: "IA3" }, "adapter-unsupported", /IA3/],
    [{ r: "four" }, "config-invalid", /r\b/],
  ])("refuses %o", async (change, code, message) => {
    await changed(
      (config) => Object.assign(config, change),
      async (model, folder) => {
        const loading = loadAdapter(model, folder)
        await expect(loading).rejects.toThrow(expect.objectContaining({ code }))
        await expect(loading).rejects.toThrow(message)
      },
    )
  })

  it.each([
    [
      "lora_A.weight alone",
      (name: string) => (name.includes("q_proj.lora_B") ? undefined : name),
      "adapter-incomplete",
    ],
    ["a module that the model lacks", (name: string) => name.replace("q_proj", "w_proj"), "tensor-unexpected"],
    ["a head", (name: string) => name.replace("model.layers.0.self_attn.q_proj", "lm_head"), "tensor-unexpected"],
    [
      "DoRA's magnitudes",
      (name: string) => name.replace("q_proj.lora_A.weight", "q_proj.lora_magnitude_vector"),
      "adapter-unsupported",
    ],
    [
      "another width",
      (name: string) => name.replace(/(up|down)_proj/, (_, which) => `${which === "up" ? "down" : "up"}_proj`),
      "tensor-shape",
    ],
    [
      "a weight without a place",
      (name: string) => name.replace(/q_proj.lora_[AB].weight/, "q_proj.scale"),
      "tensor-unexpected",
    ],
  ])("refuses %s", async (_, rename, code) => {
    await changed(
      () => undefined,
      async (model, folder) => {
        {
          await using given = await openCheckpoint(join(folder, "adapter_model.bin"))
          const renamed = new Map(
            [...given.tensors.values()].flatMap((stored) => {
              const name = rename(stored.name)
              return name === undefined ? [] : [[name, { ...stored, name, bytes: () => stored.read() }] as const]
            }),
          )
          await writeSafetensors(join(folder, "adapter_model.safetensors"), renamed.values())
        }
        const loading = loadAdapter(model, folder)
        await expect(loading).rejects.toThrow(expect.objectContaining({ code }))
        await expect(loading).rejects.toThrow(/adapter_model\.safetensors/)
      },
    )
  })

  it("says what is missing", async () => {
    await using model = await openGolden()
    for (const [folder, message] of [
      [wholeModel, /adapter_config\.json/],
      [fixturePath("lora"), /adapter_config\.json/],
    ] as const) {
      const loading = loadAdapter(model, folder)
      await expect(loading).rejects.toThrow(expect.objectContaining({ code: "adapter-missing" }))
      await expect(loading).rejects.toThrow(message)
    }
    const saving = saveAdapter(model, "/tmp/never-written")
    await expect(saving).rejects.toThrow(expect.objectContaining({ code: "adapter-missing" }))
    await loadAdapter(model, adapterFolder)
    await expect(loadAdapter(model, adapterFolder)).rejects.toThrow(
      expect.objectContaining({ code: "already-adapted" }),
    )
  })
})
