import type { Message, TokenConstraint } from "@llava/core"
import { BatchEngine, composeLlava, type GenerateOptions, type LanguageModel, type Llava } from "@llava/model"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { generationRow, openGolden, otherPicture, picture } from "./open-golden.ts"

const golden = generationRow("v1", "drawn-333x217.png")

function ask(text: string, ...images: string[]): { messages: Message[] } {
  const shown = images.map((image) => ({ type: "image" as const, image }))
  return { messages: [{ role: "user", content: [...shown, { type: "text", text }] }] }
}

const twelve = { maxNewTokens: 12, ignoreEndOfSequence: true } as const

/** Every way to choose tokens, with and without images, of different lengths. */
const requests: GenerateOptions[] = [
  { ...ask(golden.question, picture), ...twelve },
  { ...ask("Short."), ...twelve },
  { ...ask("Draw one.", otherPicture), ...twelve, temperature: 1, seed: 1 },
  { ...ask("A rather longer question, which goes on for a while and then ends."), ...twelve, maxNewTokens: 25 },
  { ...ask("Draw one."), ...twelve, temperature: 0.7, topP: 0.9, seed: 2 },
  { ...ask("Two pictures.", picture, otherPicture), ...twelve, temperature: 2, topK: 20, minP: 0.01, seed: 3 },
  { ...ask("Do not repeat."), ...twelve, repetitionPenalty: 1.3 },
  { ...ask("One token."), ...twelve, maxNewTokens: 1 },
  { ...ask(golden.question, picture), ...twelve, temperature: 1, seed: 4 },
  { ...ask("No token."), ...twelve, maxNewTokens: 0 },
  { ...ask("How sure?"), ...twelve, logProbabilities: 2 },
]

async function answersAlone(model: Llava, all: readonly GenerateOptions[]): Promise<number[][]> {
  const answers: number[][] = []
  for (const options of all) {
    model.forget()
    answers.push((await model.generate(options).result).tokenIds)
  }
  return answers
}

/** Reads so many pieces, without ending the answer. */
async function readPieces(reply: ReturnType<BatchEngine["generate"]>, count: number): Promise<void> {
  const pieces = reply[Symbol.asyncIterator]()
  for (let read = 0; read < count; read++) await pieces.next()
}

describe("BatchEngine", () => {
  let model: Llava
  let alone: number[][]
  beforeAll(async () => {
    model = await openGolden()
    alone = await answersAlone(model, requests)
  })
  afterAll(() => model[Symbol.asyncDispose]())

  it.each([
    ["with room for all", {}],
    ["in small parts, with a queue", { maxConcurrent: 4, prefillTokens: 20, pageSize: 4 }],
    ["where pages run out", { maxConcurrent: 8, prefillTokens: 64, pageSize: 8, pages: 24 }],
  ])("gives every answer as it would be alone, whenever others come and go: %s", async (_, options) => {
    using engine = new BatchEngine(model, options)
    const first = engine.generate(requests[3]!)
    await readPieces(first, 3)
    const some = requests.slice(0, 3).map((request) => engine.generate(request))
    await readPieces(some[1]!, 2)
    const others = requests.slice(4).map((request) => engine.generate(request))
    const results = await Promise.all([...some, first, ...others].map(({ result }) => result))
    expect(results.map(({ tokenIds }) => tokenIds)).toEqual(alone)
    expect(results[0]).toMatchObject({ finishReason: "length", usage: { imageTokens: 16, generatedTokens: 12 } })
    expect(results[0]!.tokenIds).toEqual(golden.new_ids.slice(0, 12))
    expect(engine.statistics).toMatchObject({ active: 0, waiting: 0, pages: { used: 0 } })
  })

  it("streams, ends at stop strings, and keeps the text that alone would have", async () => {
    using engine = new BatchEngine(model)
    const stop = [golden.text.slice(1, 6)]
    const reply = engine.generate({ ...ask(golden.question, picture), maxNewTokens: 12, stop })
    const beside = engine.generate(requests[1]!)
    let text = ""
    for await (const piece of reply) text += piece.text
    expect(text).toBe(golden.text.slice(0, 1))
    expect(await reply.result).toMatchObject({ text, finishReason: "stop" })
    expect((await beside.result).tokenIds).toEqual(alone[1])
  })

  it("frees the pages of an aborted answer at once, and the others go on", async () => {
    using engine = new BatchEngine(model, { maxConcurrent: 2 })
    const abort = new AbortController()
    const lasting = { ...ask("A question."), maxNewTokens: 200, ignoreEndOfSequence: true }
    const leaver = engine.generate({ ...lasting, signal: abort.signal })
    const stayer = engine.generate(requests[3]!)
    const waiter = engine.generate({ ...requests[1]!, signal: abort.signal })
    await Promise.all([readPieces(leaver, 3), readPieces(stayer, 3)])
    const { pages, waiting } = engine.statistics
    expect(waiting).toBe(1)
    abort.abort(new Error("enough"))
    expect(engine.statistics.pages.used).toBeLessThan(pages.used)
    expect(engine.statistics.pages.used).toBeGreaterThan(0)
    await expect(leaver.result).rejects.toThrow("enough")
    await expect(waiter.result).rejects.toThrow("enough")
    expect((await stayer.result).tokenIds).toEqual(alone[3])
    for await (const _ of engine.generate(lasting)) break
    await expect(engine.generate({ ...lasting, signal: abort.signal }).result).rejects.toThrow("enough")
    // Whoever leaves the loop stops the model.
    expect(engine.statistics.pages.used).toBe(0)
    await expect.poll(() => engine.statistics).toMatchObject({ active: 0, waiting: 0 })
  })

  it("computes the beginning that prompts share once, images included", async () => {
    using engine = new BatchEngine(model, { pageSize: 4 })
    const same = Array.from({ length: 6 }, () => ({ ...ask("Same question.", picture), ...twelve, maxNewTokens: 1 }))
    const results = await Promise.all(same.map((options) => engine.generate(options).result))
    const { promptTokens, imageTokens } = results[0]!.usage
    const prompt = promptTokens + imageTokens
    const { computedTokens, sharedTokens } = engine.statistics
    // Each but the first computes what is after its last full page, four units at most.
    expect(computedTokens).toBeLessThanOrEqual(prompt + 5 * 4)
    expect(computedTokens + sharedTokens).toBe(6 * prompt)
    expect(results.map(({ usage }) => usage.cachedTokens).toSorted((a, b) => a - b)[1]).toBeGreaterThan(prompt - 5)
    const other = await engine.generate({ ...ask("Same question.", otherPicture), ...twelve, maxNewTokens: 1 }).result
    expect(other.usage.cachedTokens).toBeLessThan(prompt - imageTokens)
    engine.forget()
    const anew = await engine.generate(same[0]!).result
    expect(anew).toMatchObject({ tokenIds: results[0]!.tokenIds, usage: { cachedTokens: 0 } })
  })

  it("computes a long prompt in parts, so that others are not kept waiting", async () => {
    using engine = new BatchEngine(model, { prefillTokens: 16, pageSize: 4 })
    const answer = engine.generate({ ...ask("A question."), maxNewTokens: 60, ignoreEndOfSequence: true })
    await readPieces(answer, 1)
    const long = engine.generate({ ...ask("word ".repeat(60)), ...twelve, maxNewTokens: 1 })
    let most = 0
    let { computedTokens: before, steps } = engine.statistics
    for await (const _ of answer) {
      const { computedTokens, steps: now } = engine.statistics
      if (now > steps) most = Math.max(most, (computedTokens - before) / (now - steps))
      ;[before, steps] = [computedTokens, now]
    }
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(16 + 1)
    expect((await long.result).usage.promptTokens).toBeGreaterThan(60)
  })

  it("serves 32 streams with a fraction of the dispatches, and leaves no buffer behind", async () => {
    const { device } = model
    const options = { ...ask("A question."), maxNewTokens: 10, ignoreEndOfSequence: true }
    const asked = (index: number) => ({ ...options, temperature: 1, seed: index })
    model.forget()
    let before = device.dispatches
    await model.generate(asked(0)).result
    const one = (device.dispatches - before) / 10
    using engine = new BatchEngine(model, { maxConcurrent: 32 })
    await engine.generate(asked(0)).result
    const { liveBuffers } = device.memory
    before = device.dispatches
    await Promise.all(Array.from({ length: 32 }, (_, index) => engine.generate(asked(index)).result))
    const many = (device.dispatches - before) / 320
    expect(one / many).toBeGreaterThan(5)
    expect(device.memory.liveBuffers).toBe(liveBuffers)
  })

  it("answers one at a time with a language model that has no pages", async () => {
    const plain = new Proxy(model.languageModel, {
      get(target, name) {
        if (name === "createPagedCache") return undefined
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === "function" ? value.bind(target) : value
      },
    }) as LanguageModel
    using engine = new BatchEngine(composeLlava({ ...model.options, languageModel: plain }))
    expect(engine.concurrency).toBe(1)
    const some = [0, 2, 6]
    const replies = some.map((index) => engine.generate(requests[index]!))
    expect(engine.statistics).toMatchObject({ active: 1, waiting: 2, pages: { total: 0 } })
    const results = await Promise.all(replies.map(({ result }) => result))
    expect(results.map(({ tokenIds }) => tokenIds)).toEqual(some.map((index) => alone[index]))
  })

  it("refuses what does not fit, and the others do not notice", async () => {
    using engine = new BatchEngine(model, { pages: 12, pageSize: 8 })
    const beside = engine.generate(requests[1]!)
    const refused = (options: GenerateOptions) => expect(engine.generate(options).result).rejects
    await refused({ ...ask("word ".repeat(600)) }).toMatchObject({ code: "context-full" })
    await refused({ ...ask("Too long an answer."), maxNewTokens: 90 }).toMatchObject({ code: "context-full" })
    await refused({ ...ask("Hi."), temperature: -1 }).toMatchObject({ code: "sampling-options" })
    await refused({ ...ask("Hi.", "/no/such/picture.png") }).toMatchObject({ code: expect.stringContaining("image") })
    // A constraint that no token meets.
    const nothing = new Uint8Array(model.languageModel.vocabSize)
    const impossible: TokenConstraint = { allowed: () => nothing, mayEnd: false, mayGoOn: true, push: () => undefined }
    await refused({ ...ask("Hi."), maxNewTokens: 9, constrain: () => impossible }).toMatchObject({
      code: "constraint-dead-end",
    })
    expect((await beside.result).tokenIds).toEqual(alone[1])
    await expect.poll(() => engine.statistics).toMatchObject({ active: 0, pages: { used: 0 } })
    expect(() => new BatchEngine(model, { pageSize: 0 })).toThrow(/pageSize is 0/)
  })

  it("ends every answer when it is closed", async () => {
    const { liveBuffers } = model.device.memory
    const engine = new BatchEngine(model, { maxConcurrent: 1 })
    const replies = [engine.generate(requests[3]!), engine.generate(requests[1]!)]
    await readPieces(replies[0]!, 2)
    engine[Symbol.dispose]()
    for (const { result } of replies) await expect(result).rejects.toMatchObject({ code: "engine-closed" })
    await expect(engine.generate(requests[1]!).result).rejects.toMatchObject({ code: "engine-closed" })
    // The step under way ends by itself.
    await expect.poll(() => model.device.memory.liveBuffers).toBe(liveBuffers)
  })
})
