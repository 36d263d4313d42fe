import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openCheckpoint } from "@llava/checkpoint"
import { Llava } from "@llava/model"
import { PackedMatrix } from "@llava/tensor"
import { publishedRecipes, type Recipe, stage1, type TrainOptions, train } from "@llava/train"
import { afterEach, beforeEach, expect, it } from "vitest"
import { byteTokenizer, testDevice } from "#testing"
import { drawnDataset } from "./drawn-dataset.ts"
import { smallLlava } from "./small-llava.ts"

const dataset = drawnDataset(23, { textEvery: Number.POSITIVE_INFINITY })
const aroundImages = { match: "embed_tokens", tokens: ["<im_start>", "<im_end>"] }
const [start, end] = [258, 259]
const steps = { template: "plain", batchSize: 2, learningRate: 0.01, steps: 5, checkpointEvery: 2, seed: 3 } as const

let output = ""
beforeEach(async () => {
  output = await mkdtemp(join(tmpdir(), "rows-"))
})
afterEach(() => rm(output, { recursive: true }))

/** The small model, whose pictures stand between the two tokens. */
async function modelWithTokens(): Promise<Llava> {
  const { options } = await smallLlava(await testDevice())
  const tokenizer = byteTokenizer({ special: ["<s>", "</s>", "<im_start>", "<im_end>"] })
  return new Llava({ ...options, tokenizer, imageStartEnd: true })
}

type Weights = ReadonlyMap<string, Float32Array>

async function weightsOf(model: Llava): Promise<Weights> {
  const weights = new Map<string, Float32Array>()
  for (const [path, parameter] of model.namedParameters()) {
    const { value } = parameter
    weights.set(path, value instanceof PackedMatrix ? await value.readRows() : ((await value.read()) as Float32Array))
  }
  return weights
}

async function run(options: Omit<TrainOptions, "model" | "dataset"> & { stopAfter?: number }) {
  await using model = await modelWithTokens()
  const losses: number[] = []
  for await (const { step, loss } of train({ model, dataset, ...options })) {
    losses.push(loss)
    if (step === options.stopAfter) break
  }
  return { losses, weights: await weightsOf(model) }
}

async function expectOnlyThese(after: Weights): Promise<void> {
  await using model = await modelWithTokens()
  for (const [path, before] of await weightsOf(model)) {
    const now = after.get(path)!
    const width = path === table ? model.languageModel.hiddenSize : before.length
    const changed = Array.from({ length: before.length / width }, (_, row) => row).filter((row) =>
      before.subarray(row * width, (row + 1) * width).some((value, i) => now[row * width + i] !== value),
    )
    const expected = path === table ? [start, end] : path.startsWith("projector.") ? [0] : []
    expect(changed, path).toEqual(expected)
  }
}

const table = "language_model.model.embed_tokens.weight"

it("the projector and two embeddings learn as in the first LLaVA, and nothing else changes by a bit", async () => {
  const recipe = stage1({ ...steps, train: ["projector", aroundImages] })
  const { losses, weights } = await run({ recipe, output })
  expect(losses.at(-1)).toBeLessThan(losses[0]!)
  await expectOnlyThese(weights)
  await using projector = await openCheckpoint(`${output}/mm_projector.safetensors`)
  const stored = projector.tensors.get("model.embed_tokens.weight")!
  expect(new Float32Array(Uint8Array.from(await stored.read()).buffer)).toEqual(weights.get(table))
  expect([...projector.tensors.keys()]).toContain("model.mm_projector.2.weight")
  await using checkpoint = await openCheckpoint(`${output}/checkpoints/step-5/checkpoint.safetensors`)
  const shapes = [...checkpoint.tensors].flatMap(([name, { shape }]) => (name.includes("embed_tokens") ? [shape] : []))
  expect(shapes).toEqual([
    [2, 48],
    [2, 48],
    [2, 48],
  ])
})

it("goes on from a checkpoint bit for bit", async () => {
  const recipe = stage1({ ...steps, train: ["projector", aroundImages] })
  const whole = await run({ recipe })
  await run({ recipe, output, stopAfter: 3 })
  const rest = await run({ recipe, output })
  expect(rest.losses).toEqual(whole.losses.slice(2))
  expect(rest.weights).toEqual(whole.weights)
})

it("the published recipe of the first stage does so, and leaves them out where a model has no such tokens", async () => {
  const recipe: Recipe = publishedRecipes["stage1-v0"]!({ ...steps, template: "plain" })
  await expectOnlyThese((await run({ recipe })).weights)
  await using model = await smallLlava(await testDevice())
  for await (const _ of train({ model, dataset, recipe: { ...recipe, steps: 1 } })) {
    const trained = [...model.namedParameters()].filter(([, parameter]) => parameter.trainable)
    expect(trained.map(([path]) => path.split(".")[0])).toEqual(new Array(4).fill("projector"))
  }
})

it.each([
  [{ match: "embed_tokens", tokens: ["<im_patch>"] }, "token-missing", "<im_patch>"],
  [{ match: "q_proj", tokens: ["<im_start>"] }, "rows-unsuited", "q_proj"],
  [{ match: "embed_token", tokens: ["<im_start>"] }, "nothing-matches", "embed_token"],
])("%j is refused", async (entry, code, name) => {
  const recipe = stage1({ ...steps, train: ["projector", entry] })
  await expect(run({ recipe })).rejects.toMatchObject({ code, message: expect.stringContaining(name) })
})

it.each([[{ tokens: ["a"] }], [{ match: "embed_tokens" }], [3]])("a recipe that trains %j is refused", (entry) => {
  expect(() => stage1({ train: [entry as unknown as string] })).toThrow(
    expect.objectContaining({ code: "recipe-invalid", message: expect.stringContaining("train.0: neither a pattern") }),
  )
})
