import { cp, readFile, writeFile } from "node:fs/promises"
import { openCheckpoint, writeSafetensors } from "@llava/checkpoint"
import { llama } from "@llava/llama"
import { definePart, type Llava, saveLlava } from "@llava/model"
import { PackedMatrix, Tensor } from "@llava/tensor"
import { expect, it } from "vitest"
import { byteTokenizer, evaluate, expectClose, fixturePath, testDevice } from "#testing"
import { inTemporaryFolder } from "../testing/in-temporary-folder.ts"
import { type ComposeModelOptions, composeModel } from "./compose-model.ts"
import { openModel } from "./open-model.ts"

const device = await testDevice()
const tokens = ["<im_start>", "<im_end>"]
const bare = { addSpecialTokens: false } as const
const common = { device, encoder: fixturePath("clip-vision/model"), template: "plain", imageStartEnd: true } as const
/** 32,000 words for 32,000 rows, in files as old as the first LLaVA. */
const full = fixturePath("llava-original-mlp", "model")

async function rowsOf(model: Llava, path: string): Promise<Float32Array> {
  const found = [...model.languageModel.namedParameters()].find(([name]) => name === path)
  const { value } = found![1]
  return value instanceof PackedMatrix ? value.readRows() : ((await value.read()) as Float32Array)
}

/** 96 words for 320 rows. */
async function padded(folder: string): Promise<string> {
  await cp(fixturePath("llama-mha/model"), folder, { recursive: true })
  for (const file of ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"]) {
    await cp(fixturePath("own-parts/siglip-llama", file), `${folder}/${file}`)
  }
  return folder
}

/** A language model whose rows are whole blocks of quantised formats: 96 words, 32 wide. */
async function wide(folder: string): Promise<string> {
  const source = fixturePath("own-parts/siglip-llama")
  await using checkpoint = await openCheckpoint(source)
  const tensors = [...checkpoint.tensors.values()].filter(({ name }) =>
    /^(model\.)?language_model\.|^lm_head/.test(name),
  )
  const written = tensors.map(async ({ name, dtype, shape, read }) => ({
    ...{ name: name.replace(/^(model\.)?language_model\.(model\.)?(?!lm_head)/, "model."), dtype, shape },
    bytes: Uint8Array.from(await read()),
  }))
  await writeSafetensors(`${folder}/model.safetensors`, await Promise.all(written))
  const { text_config } = JSON.parse(await readFile(`${source}/config.json`, "utf8"))
  await writeFile(`${folder}/config.json`, JSON.stringify(text_config))
  for (const file of ["tokenizer.json", "tokenizer_config.json"]) await cp(`${source}/${file}`, `${folder}/${file}`)
  return folder
}

function meanOf(rows: Float32Array, count: number, width: number): Float32Array {
  return Float32Array.from({ length: width }, (_, column) => {
    let sum = 0
    for (let row = 0; row < count; row++) sum += rows[row * width + column]!
    return sum / count
  })
}

/** Tables are long: bytes are compared at once. */
function bytesOf(values: Float32Array, begin = 0, end = values.length): Buffer {
  const part = values.subarray(begin, end)
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength)
}

async function logits({ languageModel }: Llava, ids: readonly number[]): Promise<Float32Array> {
  return evaluate(device, () => {
    const input = Tensor.from(device, Int32Array.from(ids), [1, ids.length])
    return languageModel.logits(languageModel.forward(languageModel.embed(input)))
  })
}

it.each([
  ["appended", full, 32_000, 32_002],
  ["in rows beyond the vocabulary", "padded", 96, 320],
])("tokens around pictures begin as the mean of the others: %s", async (_, source, known, rows) => {
  await inTemporaryFolder(async (folder) => {
    const languageModel = source === "padded" ? await padded(`${folder}/language-model`) : source
    await using plain = await openModel(languageModel, { device, dtype: "f32", template: "plain" })
    await using model = await composeModel({ ...common, languageModel, dtype: "f32" })
    const ids = [known, known + 1]
    expect(model.tokenizer.encode("<im_start><im_end>", bare)).toEqual(ids)
    expect(model.languageModel.vocabSize).toBe(rows)
    const { hiddenSize } = model.languageModel
    for (const path of ["model.embed_tokens.weight", "lm_head.weight"]) {
      const [before, after] = [await rowsOf(plain, path), await rowsOf(model, path)]
      expect(after).toHaveLength(rows * hiddenSize)
      expect(bytesOf(after, 0, known * hiddenSize).equals(bytesOf(before, 0, known * hiddenSize))).toBe(true)
      const mean = meanOf(before, known, hiddenSize)
      for (const id of ids) expectClose(after.subarray(id * hiddenSize, (id + 1) * hiddenSize), mean, 1e-6)
      const behind = (known + 2) * hiddenSize
      expect(bytesOf(after, behind).equals(bytesOf(before, behind))).toBe(true)
    }

    await saveLlava(model, `${folder}/saved`)
    await using again = await openModel(`${folder}/saved`, { device, dtype: "f32" })
    expect(again.options.imageStartEnd).toBe(true)
    expect(again.languageModel.vocabSize).toBe(rows)
    expect(again.tokenizer.vocabSize).toBe(known + 2)
    expect(again.tokenizer.encode("a<im_start> b<im_end>", bare)).toEqual(
      model.tokenizer.encode("a<im_start> b<im_end>", bare),
    )
    expect(again.tokenizer.isSpecial(known)).toBe(true)
    // The files of one of them have f16, to which the mean is rounded.
    expectClose(await logits(again, [1, ...ids, 5]), await logits(model, [1, ...ids, 5]), 1e-3)
  })
})

it("quantised tables become f16 to be learned, and the layers stay as they are", async () => {
  await inTemporaryFolder(async (folder) => {
    await using model = await composeModel({ ...common, languageModel: await wide(folder), dtype: "q8_0" })
    const formats = [...model.languageModel.namedParameters()].flatMap(([path, { value }]) =>
      value instanceof PackedMatrix ? [{ path, format: value.format, rows: value.shape[0] }] : [],
    )
    const tables = formats.filter(({ path }) => /embed_tokens|lm_head/.test(path))
    expect(tables.map(({ format, rows }) => [format, rows])).toEqual([
      ["f16", 98],
      ["f16", 98],
    ])
    expect(formats.find(({ path }) => path.endsWith("q_proj.weight"))?.format).toBe("q8_0")
  })
})

it("a model that has the tokens keeps its rows", async () => {
  const options = { ...common, languageModel: fixturePath("llama-mha/model"), dtype: "f32" } as const
  const tokenizer = byteTokenizer({ special: ["<s>", "</s>", ...tokens] })
  const { vocabSize } = tokenizer
  await using model = await composeModel({ ...options, tokenizer })
  await using plain = await openModel(options.languageModel, { device, dtype: "f32", template: "plain", tokenizer })
  expect(tokenizer.vocabSize).toBe(vocabSize)
  expect(await rowsOf(model, "lm_head.weight")).toEqual(await rowsOf(plain, "lm_head.weight"))
})

it("a language model of a fixed vocabulary is refused, and nothing stays on the GPU", async () => {
  const fixed = definePart({ ...llama, build: (config, on) => llama.build({ ...config, vocab_size: 32_000 }, on) })
  const options: ComposeModelOptions = { ...common, languageModel: full, parts: [fixed] }
  const { liveBuffers } = device.memory
  await expect(composeModel(options)).rejects.toMatchObject({ code: "vocabulary-fixed" })
  expect(device.memory.liveBuffers).toBe(liveBuffers)
})
