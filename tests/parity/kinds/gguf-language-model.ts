import { existsSync } from "node:fs"
import { type Checkpoint, decodeTensorBytes, openCheckpoint } from "@llava/checkpoint"
import { encodeForGeneration } from "@llava/core"
import { llama, llamaConfigSchema } from "@llava/llama"
import { type Llava, loadGguf } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { z } from "zod"
import { defaultParts } from "../default-parts.ts"
import type { CheckContext, KindCheck } from "../kind-check.ts"
import { meanLoss } from "../mean-loss.ts"
import { readAll } from "../read-all.ts"
import { tolerances } from "../tolerances.ts"

const ids = z.array(z.int())
const goldenSchema = z.looseObject({
  config: z.record(z.string(), z.unknown()).default({}),
  chat: z
    .array(
      z.looseObject({
        question: z.string(),
        prompt: z.string(),
        input_ids: ids,
        top10_ids: ids,
        top10_logits: z.array(z.number()),
        greedy_ids: ids,
        greedy_text: z.string(),
      }),
    )
    .default([]),
  raw: z.array(z.looseObject({ text: z.string(), input_ids: ids, mean_nll: z.number() })).default([]),
  tensor_types: z.record(z.string(), z.looseObject({ count: z.int(), first: z.string() })).default({}),
})

/** What the GPU keeps as it is in the file. Other formats become f16 unless told otherwise, which rounds. */
const keptExactly: ReadonlySet<string> = new Set(["F32", "F16", "Q8_0", "Q4_0", "Q4_1"])

type Golden = z.output<typeof goldenSchema>
type Chat = Golden["chat"][number]

/** A language model in a GGUF file, quantised on the GPU too where that is exact: what it holds, says and expects. */
export const checkGgufLanguageModel: KindCheck = async (context) => {
  const { fixture, report } = context
  const golden = goldenSchema.parse(fixture.golden)
  const path = fixture.need("model")
  if (path === undefined) throw new Error("golden.json names no model in `needs`")
  if (!existsSync(path)) {
    fixture.leave([...fixture.tensors.keys()])
    return report.absent("model", fixture.display(path))
  }
  await using checkpoint = await openCheckpoint(path)
  await report.section("file", () => checkFile(context, checkpoint, golden))
  const device = await context.device()
  const files = { name: path, languageModel: checkpoint }
  const exact = [...checkpoint.tensors.values()].every((tensor) => keptExactly.has(tensor.dtype))
  await using llava = await loadGguf(files, { parts: defaultParts, device, dtype: exact ? "auto" : "f32" })
  for (const [index, raw] of golden.raw.entries()) {
    await report.section(`raw ${index}`, () => checkRaw(context, llava, raw, index))
  }
  const longest = Math.max(0, ...golden.chat.map((chat) => chat.greedy_ids.length))
  for (const [index, chat] of golden.chat.entries()) {
    await report.section(`chat ${index}`, () => checkChat(context, llava, chat, `chat ${index}`))
    await report.section(`chat ${index}`, () => checkAnswer(context, llava, chat, `chat ${index}`, longest))
  }
}

async function checkFile(context: CheckContext, checkpoint: Checkpoint, golden: Golden): Promise<void> {
  const { fixture, report } = context
  const stored = [...checkpoint.tensors.values()]
  for (const [type, { count, first }] of Object.entries(golden.tensor_types)) {
    const ofType = stored.filter((tensor) => tensor.dtype === type)
    report.equal(`tensors of ${type}`, [ofType.length, ofType[0]?.name], [count, first])
  }
  const shapeOf = (name: string) => checkpoint.tensors.get(name)?.shape
  const config: Readonly<Record<string, unknown>> = llamaConfigSchema.parse(
    llama.gguf?.config(checkpoint.metadata, shapeOf),
  )
  for (const [key, expected] of Object.entries(golden.config)) {
    const actual = config[key]
    if (typeof expected !== "number" || typeof actual !== "number") {
      report.equal(`config, ${key}`, [JSON.stringify(actual)], [JSON.stringify(expected)])
    } else if (Number.isInteger(expected)) report.equal(`config, ${key}`, [actual], [expected])
    else report.equal(`config, ${key}`, [Math.fround(actual)], [Math.fround(expected)])
  }
  for (const name of fixture.namesOf("dequantised.")) {
    await report.section(name, () => checkRows(context, checkpoint, name))
  }
}

/** `dequantised.NAME.firstNrows` */
async function checkRows({ fixture, report }: CheckContext, checkpoint: Checkpoint, name: string): Promise<void> {
  const [, tensor = ""] = /^dequantised\.(.+)\.first\d+rows$/.exec(name) ?? []
  const stored = checkpoint.tensors.get(tensor)
  if (!stored) throw new Error(`the file has no '${tensor}'`)
  const rowBytes = stored.byteLength / stored.shape[0]!
  const bytes = await stored.read(0, rowBytes * fixture.shape(name)[0]!)
  report.equal(name, decodeTensorBytes(stored.dtype, bytes), await fixture.floats(name))
}

async function checkRaw(
  { fixture, report }: CheckContext,
  { device, languageModel, tokenizer }: Llava,
  { text, input_ids, mean_nll }: Golden["raw"][number],
  index: number,
): Promise<void> {
  report.equal(`raw ${index}, ids`, tokenizer.encode(text), input_ids)
  const ids = Int32Array.from(input_ids)
  const hiddenOf = () => languageModel.forward(languageModel.embed(Tensor.from(device, ids, [1, ids.length])))
  const loss = await report.measure(device, () => {
    const compute = () => ({ hidden: hiddenOf(), labels: Tensor.from(device, ids, [1, ids.length]) })
    return meanLoss(languageModel, compute, device)
  })
  report.close(`raw ${index}, mean nll`, loss, [mean_nll], tolerances.loss, device)
  const name = `logits.${index}.last`
  if (!fixture.has(name)) return
  const run = await report.measure(device, async () => {
    const [logits] = await readAll(device, () => [languageModel.logits(hiddenOf(), [ids.length - 1])])
    return logits!
  })
  report.close(`raw ${index}, ${name}`, run, await fixture.floats(name), tolerances.logits, device)
}

async function checkChat({ report }: CheckContext, llava: Llava, chat: Chat, name: string): Promise<void> {
  const { device, languageModel, template, tokenizer } = llava
  const messages = [{ role: "user" as const, content: chat.question }]
  const prompt = encodeForGeneration({ messages, template, tokenizer })
  report.equal(`${name}, prompt`, [prompt.text], [chat.prompt])
  report.equal(`${name}, ids`, prompt.ids, chat.input_ids)
  const ids = Int32Array.from(chat.input_ids)
  const run = await report.measure(device, async () => {
    const [logits] = await readAll(device, () => {
      const hidden = languageModel.forward(languageModel.embed(Tensor.from(device, ids, [1, ids.length])))
      return [languageModel.logits(hidden, [ids.length - 1])] // [1, vocabSize]
    })
    return logits!
  })
  const logits = run.value
  const ranked = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]!)
  report.equal(`${name}, likeliest ids`, ranked.slice(0, chat.top10_ids.length), chat.top10_ids, run)
  const top = chat.top10_ids.map((id) => logits[id]!)
  report.close(`${name}, their logits`, { ...run, value: top }, chat.top10_logits, tolerances.logits, device)
}

async function checkAnswer(
  { report }: CheckContext,
  llava: Llava,
  { question, greedy_ids, greedy_text }: Chat,
  name: string,
  maxNewTokens: number,
): Promise<void> {
  const messages = [{ role: "user" as const, content: question }]
  const run = await report.measure(llava.device, () => llava.generate({ messages, maxNewTokens }).result)
  report.equal(`${name}, answer ids`, run.value.tokenIds, greedy_ids, run)
  report.equal(`${name}, answer`, [run.value.text], [greedy_text])
}
