import type { Message } from "@llava/core"
import type { Llava } from "@llava/model"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { generationRow, openGolden, otherPicture, picture } from "./open-golden.ts"

const row = generationRow("v1", "drawn-333x217.png")
const other = generationRow("v1", "drawn-120x401-alpha.png")

function ask(text: string, image?: string): { messages: Message[] } {
  const shown = image === undefined ? [] : [{ type: "image" as const, image }]
  return { messages: [{ role: "user", content: [...shown, { type: "text", text }] }] }
}

const twenty = { maxNewTokens: 20, ignoreEndOfSequence: true } as const

describe("generateBatch", () => {
  let model: Llava
  beforeAll(async () => {
    model = await openGolden()
  })
  afterAll(() => model[Symbol.asyncDispose]())

  it("gives each row the tokens of the original code, whatever stands beside it", async () => {
    const results = await model.generateBatch({
      rows: [ask(row.question, picture), ask("Short."), ask(other.question, otherPicture)],
      ...twenty,
    })
    const alone = await model.generate({ ...ask("Short."), ...twenty }).result
    expect(results.map(({ tokenIds }) => tokenIds)).toEqual([row.new_ids, alone.tokenIds, other.new_ids])
    expect(results[0]).toMatchObject({ text: row.text, finishReason: "length", usage: { imageTokens: 16 } })
    expect(results[1]!.usage).toMatchObject({ ...alone.usage, cachedTokens: 0 })
  })

  it("encodes more pictures than it remembers", async () => {
    const many = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? picture : otherPicture))
    const results = await model.generateBatch({ rows: many.map((image) => ask(row.question, image)), ...twenty })
    for (const [index, { tokenIds }] of results.entries()) {
      expect(tokenIds).toEqual(index % 2 === 0 ? row.new_ids : other.new_ids)
    }
  })

  it("lets a row end while others go on", async () => {
    const stop = [row.text.slice(1, 6)]
    const results = await model.generateBatch({ rows: [ask(row.question, picture), ask("Short.")], stop, ...twenty })
    const alone = await model.generate({ ...ask("Short."), stop, ...twenty }).result
    expect(results[0]).toMatchObject({ text: row.text.slice(0, 1), finishReason: "stop" })
    expect(results[0]!.tokenIds.length).toBeLessThan(20)
    expect(results[1]!.tokenIds).toEqual(alone.tokenIds)
  })

  it("draws by each row's own seed", async () => {
    const sampled = { ...twenty, temperature: 1 }
    const draw = async (...seeds: number[]) => {
      const rows = seeds.map((seed) => ({ ...ask("Say something."), seed }))
      return (await model.generateBatch({ rows, ...sampled })).map(({ tokenIds }) => tokenIds)
    }
    const [first, second] = await draw(1, 2)
    expect(first).not.toEqual(second)
    expect(await draw(2, 1)).toEqual([second, first])
    const alone = await model.generate({ ...ask("Say something."), ...sampled, seed: 1 }).result
    expect(alone.tokenIds).toEqual(first)
  })

  it("goes on from a beginning that is given", async () => {
    const begun = "The lecture says so."
    const [result] = await model.generateBatch({ rows: [{ ...ask("Why?"), begun }], maxNewTokens: 1 })
    const prompt = model.template.renderPrompt([{ role: "user", text: "Why?" }])
    using _ = model.device.scope()
    const { embeddings } = model.splice([{ ids: model.tokenizer.encode(`${prompt} ${begun}`) }])
    const hidden = model.languageModel.forward(embeddings)
    const logits = model.languageModel.logits(hidden, [hidden.shape[1]! - 1]) // [1, vocabSize]
    const values = (await logits.read()) as Float32Array
    expect(result!.tokenIds).toEqual([values.indexOf(Math.max(...values))])
  })

  it("answers nothing to nothing, and refuses what does not fit", async () => {
    expect(await model.generateBatch({ rows: [] })).toEqual([])
    const long = "word ".repeat(600)
    await expect(model.generateBatch({ rows: [ask("Hi."), ask(long)] })).rejects.toMatchObject({ code: "context-full" })
    const rows = [{ ...ask("Hi."), begun: long }]
    await expect(model.generateBatch({ rows })).rejects.toMatchObject({ code: "context-full" })
    await expect(model.generateBatch({ rows: [ask("Hi.")], temperature: -1 })).rejects.toMatchObject({
      code: "sampling-options",
    })
  })
})
