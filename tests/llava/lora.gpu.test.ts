import { readFileSync } from "node:fs"
import { join } from "node:path"
import { type Checkpoint, decodeTensorBytes, openCheckpoint } from "@llava/checkpoint"
import { llama } from "@llava/llama"
import {
  addLora,
  type LanguageModel,
  loadAdapter,
  loadParts,
  mergeLora,
  namedAdapters,
  removeLora,
  saveAdapter,
  unmergeLora,
} from "@llava/model"
import { AdamW, clipGradients, learningRateFactor, type Parameter, Tensor } from "@llava/tensor"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { evaluate, expectClose, fixturePath, testDevice } from "#testing"
import { inTemporaryFolder } from "./in-temporary-folder.ts"

const device = await testDevice()
const tolerance = device.profile.software ? 1 : 10
const golden = JSON.parse(readFileSync(fixturePath("lora", "golden.json"), "utf8"))
const adapterFolder = fixturePath("lora", golden.needs.adapter)
const readConfig = (folder: string) => JSON.parse(readFileSync(join(folder, "adapter_config.json"), "utf8"))
const config = readConfig(adapterFolder)

let numbers: Checkpoint
let model: LanguageModel
let batches: Int32Array[]
let size: [rows: number, tokens: number]

async function floats(name: string): Promise<Float32Array<ArrayBuffer>> {
  const stored = numbers.tensors.get(name)!
  return Float32Array.from(decodeTensorBytes(stored.dtype, await stored.read()))
}

async function describeTensors(folder: string) {
  await using checkpoint = await openCheckpoint(join(folder, "adapter_model.safetensors"))
  const entries = [...checkpoint.tensors.values()].map(
    async ({ name, dtype, shape, read }) => [name, { dtype, shape, bytes: Buffer.from(await read()) }] as const,
  )
  return Object.fromEntries(await Promise.all(entries))
}

const logits = () =>
  evaluate(device, () => model.logits(model.forward(model.embed(Tensor.from(device, batches[0]!, size)))))

/** Adapters as the fixture begins with. */
async function addAdapters() {
  const settings = { rank: config.r, alpha: config.lora_alpha, targets: config.target_modules }
  const added = addLora(model, { ...settings, rankStabilised: config.use_rslora })
  for (const { path, adapter } of added) {
    for (const factor of ["lora_A", "lora_B"] as const) {
      const { weight } = adapter[factor]
      weight.set(Tensor.from(device, await floats(`init.${path}.${factor}.weight`), weight.shape))
    }
  }
  return added
}

beforeAll(async () => {
  numbers = await openCheckpoint(fixturePath("lora", "golden.safetensors"))
  const stored = numbers.tensors.get("train_input_ids")!
  const [steps, rows, tokens] = stored.shape as [number, number, number]
  const ids = new Int32Array((await stored.read()).slice().buffer)
  size = [rows, tokens]
  batches = Array.from({ length: steps }, (_, step) => ids.slice(step * rows * tokens, (step + 1) * rows * tokens))
  const loaded = await loadParts(fixturePath("lora", golden.needs.model), { parts: [llama], device, dtype: "f32" })
  model = loaded.languageModel
})
afterAll(async () => {
  model[Symbol.dispose]()
  await numbers[Symbol.asyncDispose]()
})

describe("an adapter of PEFT", () => {
  afterEach(() => {
    unmergeLora(model)
    removeLora(model)
  })

  it("gives the same logits, and learns the same in ten steps", async () => {
    const added = await addAdapters()
    expect(added).toHaveLength([...numbers.tensors.keys()].filter((name) => /^init\..*lora_A/.test(name)).length)
    expectClose(await logits(), await floats("logits"), 2e-5 * tolerance)

    const { losses, gradient_norms, learning_rates, optimizer: settings } = golden.train
    const trained = [...model.namedParameters()].filter(([path]) => path.includes(".lora_"))
    for (const [, parameter] of trained) parameter.trainable = true
    const parameters = trained.map(([, parameter]) => parameter)
    using optimizer = new AdamW([{ parameters: trained, weightDecay: settings.weight_decay }], {
      betas: settings.betas,
      epsilon: settings.eps,
    })
    const schedule = { kind: "cosine", warmupSteps: settings.warmup_steps, steps: settings.total_steps } as const
    let liveBuffers: number | undefined
    for (const [step, ids] of batches.entries()) {
      const loss = await lossAndGradients(ids)
      expect(Math.abs(loss - losses[step]) / losses[step]).toBeLessThan(1e-5 * tolerance)
      const learningRate = settings.lr * learningRateFactor(step, schedule)
      expect(learningRate).toBeCloseTo(learning_rates[step], 12)
      using clipped = clipParameters(parameters, settings.clip_norm)
      expectClose((await clipped.norm.read()) as Float32Array, [gradient_norms[step]], 1e-5 * tolerance)
      optimizer.step({ learningRate, gradientFactor: clipped.factor })
      optimizer.clearGradients()
      if (step > 0) expect(device.memory.liveBuffers).toBe(liveBuffers)
      liveBuffers = device.memory.liveBuffers
    }
    for (const [path, parameter] of trained) {
      const value = (await parameter.tensor.read()) as Float32Array
      expectClose(value, await floats(`after10.${path}`), 1e-4 * tolerance)
    }
    for (const [path, { gradient }] of model.namedParameters()) expect(gradient, path).toBeUndefined()

    mergeLora(model)
    expectClose(await logits(), await floats("merged_logits"), 1e-4 * tolerance)
  })

  it("is read from its folder, merged and unmerged", async () => {
    const plain = await logits()
    const weights = [...model.namedParameters()]
    const { liveBuffers } = device.memory
    const { layers, weights: others } = await loadAdapter(model, adapterFolder)
    expect(others).toEqual([])
    for (const { path, adapter } of layers) {
      const value = await adapter.lora_B.weight.tensor.read()
      expect(value).toEqual(await floats(`after10.${path}.lora_B.weight`))
    }
    expectClose(await logits(), await floats("merged_logits"), 2e-5 * tolerance)
    mergeLora(model)
    expectClose(await logits(), await floats("merged_logits"), 2e-5 * tolerance)
    const merged = [...numbers.tensors.keys()].filter((name) => name.startsWith("merged."))
    expect(merged).not.toEqual([])
    for (const name of merged) {
      const parameter = new Map(weights).get(name.slice("merged.".length))!
      expectClose((await parameter.tensor.read()) as Float32Array, await floats(name), 1e-5 * tolerance)
    }
    unmergeLora(model)
    removeLora(model)
    expectClose(await logits(), plain, 1e-5 * tolerance)
    expect(device.memory.liveBuffers).toBe(liveBuffers)
  })

  it("is saved as it was read", async () => {
    await inTemporaryFolder(async (folder) => {
      await loadAdapter(model, adapterFolder)
      await saveAdapter(model, folder)
      expect(await describeTensors(folder)).toEqual(await describeTensors(adapterFolder))
      const { target_modules: targets, base_model_name_or_path: base, ...saved } = readConfig(folder)
      expect(new Set(targets)).toEqual(new Set(config.target_modules))
      expect(base).toBeNull()
      expect(config).toMatchObject(saved)
      expect(readFileSync(join(folder, "adapter_config.json"), "utf8")).toContain('"lora_dropout": 0.0')
    })
  })

  it("may have ranks and alphas of single modules, another form, and whole weights beside it", async () => {
    await inTemporaryFolder(async (folder) => {
      addLora(model, { rank: 3, alpha: 6, targets: ["v_proj"], dropout: 0.25, rankStabilised: true, seed: 1 })
      addLora(model, { rank: 5, alpha: 7, targets: ["layers.1.mlp.up_proj"], dropout: 0.25, rankStabilised: true })
      for (const { adapter } of namedAdapters(model)) {
        const { shape } = adapter.lora_B.weight
        const ones = new Float32Array(shape[0]! * shape[1]!).fill(0.125)
        adapter.lora_B.weight.set(Tensor.from(device, ones, shape))
      }
      await saveAdapter(model, folder, { dtype: "BF16", weights: ["model.norm"], base: "org/base" })
      const saved = readConfig(folder)
      expect(saved).toMatchObject({
        r: 3,
        lora_alpha: 6,
        lora_dropout: 0.25,
        use_rslora: true,
        rank_pattern: { "model.layers.1.mlp.up_proj": 5 },
        alpha_pattern: { "model.layers.1.mlp.up_proj": 7 },
        modules_to_save: ["model.norm"],
        base_model_name_or_path: "org/base",
      })
      expect(saved.target_modules).toContain("model.layers.1.mlp.up_proj")
      const expected = await logits()
      removeLora(model)
      const loaded = await loadAdapter(model, folder)
      expect(loaded.weights).toEqual(["model.norm.weight"])
      const adapters = [...namedAdapters(model)].map(({ adapter }) => adapter)
      expect(adapters.map(({ rank }) => rank).toSorted()).toEqual([3, 3, 3, 5])
      expect(adapters.every(({ dropout, storedDType }) => dropout === 0.25 && storedDType === "BF16")).toBe(true)
      expectClose(await logits(), expected, 1e-2) // bfloat16 holds three digits
    })
  })
})

async function lossAndGradients(ids: Int32Array): Promise<number> {
  const [rows, tokens] = size
  const terms = rows * (tokens - 1)
  const loss = await evaluate(device, () => {
    using tape = device.record()
    const input = Tensor.from(device, ids, size)
    const output = model.loss(model.forward(model.embed(input)), input) // [sum, terms]
    tape.backward(output, Tensor.from(device, Float32Array.of(1 / terms, 0), [2]))
    return output
  })
  return loss[0]! / terms
}

function clipParameters(parameters: readonly Parameter[], maxNorm: number | null) {
  const { norm, factor } = clipGradients(parameters, { maxNorm: maxNorm ?? Number.POSITIVE_INFINITY })!
  return {
    norm,
    factor,
    [Symbol.dispose]() {
      norm.dispose()
      factor.dispose()
    },
  }
}
