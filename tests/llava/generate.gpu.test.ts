import type { Message } from "@llava/core"
import { composeLlava, type Llava } from "@llava/model"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { generationRow, openGolden, otherPicture, picture } from "./open-golden.ts"

const row = generationRow("v1", "drawn-333x217.png")
const other = generationRow("v1", "drawn-120x401-alpha.png")

function ask(image: string, text = row.question): Message[] {
  return [
    {
      role: "user",
      content: [
        { type: "image", image },
        { type: "text", text },
      ],
    },
  ]
}

const twenty = { maxNewTokens: 20, ignoreEndOfSequence: true } as const

describe("generate", () => {
  let model: Llava
  beforeAll(async () => {
    model = await openGolden()
  })
  afterAll(() => model[Symbol.asyncDispose]())

  it("gives the tokens of the original code, piece by piece", async () => {
    const reply = model.generate({ messages: ask(picture), ...twenty })
    const ids: number[] = []
    let text = ""
    for await (const piece of reply) {
      if (ids.at(-1) !== piece.tokenId || piece.text !== "") ids.push(piece.tokenId)
      text += piece.text
    }
    const result = await reply.result
    expect(result.tokenIds).toEqual(row.new_ids)
    expect(text).toBe(row.text)
    expect(result).toMatchObject({ text, finishReason: "length", usage: { imageTokens: 16, generatedTokens: 20 } })
  })

  it("gives the same again from its cache, computing one token of the prompt", async () => {
    await model.generate({ messages: ask(picture), ...twenty }).result
    const again = await model.generate({ messages: ask(picture), ...twenty }).result
    expect(again.tokenIds).toEqual(row.new_ids)
    const { cachedTokens, promptTokens, imageTokens } = again.usage
    expect(cachedTokens).toBe(promptTokens + imageTokens - 1)
  })

  it("tells pictures apart in the same conversation", async () => {
    await model.generate({ messages: ask(picture), ...twenty }).result
    const result = await model.generate({ messages: ask(otherPicture), ...twenty }).result
    expect(result.tokenIds).toEqual(other.new_ids)
  })

  it("continues a conversation as if it were new", async () => {
    const first = await model.generate({ messages: ask(picture), ...twenty }).result
    const messages: Message[] = [
      ...ask(picture),
      { role: "assistant", content: first.text },
      { role: "user", content: "And what else?" },
    ]
    const continued = await model.generate({ messages, ...twenty }).result
    expect(continued.usage.cachedTokens).toBeGreaterThan(30)
    await model.generate({ messages: [{ role: "user", content: "Something else." }], maxNewTokens: 1 }).result
    const fresh = await openGolden()
    const anew = await fresh.generate({ messages, ...twenty }).result
    await fresh[Symbol.asyncDispose]()
    expect(anew.usage.cachedTokens).toBe(0)
    expect(continued.tokenIds).toEqual(anew.tokenIds)
  })

  it("takes several pictures, in order", async () => {
    const two = (first: string, second: string): Message[] => [
      {
        role: "user",
        content: [
          { type: "image", image: first },
          { type: "image", image: second },
          { type: "text", text: "Compare." },
        ],
      },
    ]
    const forward = await model.generate({ messages: two(picture, otherPicture), ...twenty }).result
    const backward = await model.generate({ messages: two(otherPicture, picture), ...twenty }).result
    expect(forward.usage.imageTokens).toBe(32)
    expect(forward.tokenIds).not.toEqual(backward.tokenIds)
  })

  it("answers two conversations at once", async () => {
    const [a, b] = await Promise.all([
      model.generate({ messages: ask(picture), ...twenty }).result,
      model.generate({ messages: ask(otherPicture), ...twenty }).result,
    ])
    expect(a.tokenIds).toEqual(row.new_ids)
    expect(b.tokenIds).toEqual(other.new_ids)
  })

  it("ends at a stop string across token borders, which is not part of the text", async () => {
    const stop = row.text.slice(18, 26)
    const result = await model.generate({ messages: ask(picture), ...twenty, stop: [stop] }).result
    expect(result.finishReason).toBe("stop")
    expect(result.text).toBe(row.text.slice(0, row.text.indexOf(stop)))
    expect(result.tokenIds).toEqual(row.new_ids.slice(0, result.tokenIds.length))
  })

  it("stops when told, in mid-answer, and goes on working", async () => {
    const controller = new AbortController()
    const reply = model.generate({ messages: ask(picture), ...twenty, signal: controller.signal })
    const read = async () => {
      let pieces = 0
      for await (const _ of reply) if (++pieces === 3) controller.abort(new Error("enough"))
    }
    await expect(read()).rejects.toThrow("enough")
    await expect(reply.result).rejects.toThrow("enough")
    const result = await model.generate({ messages: ask(picture), ...twenty }).result
    expect(result.tokenIds).toEqual(row.new_ids)
  })

  it("does not start when told before", async () => {
    const reply = model.generate({ messages: ask(picture), signal: AbortSignal.abort(new Error("never")) })
    await expect(reply.result).rejects.toThrow("never")
  })

  it("repeats what it sampled for the same seed, and not for another", async () => {
    const sample = async (seed: number) =>
      (await model.generate({ messages: ask(picture), ...twenty, temperature: 1.5, topP: 0.99, seed }).result).tokenIds
    const first = await sample(7)
    expect(await sample(7)).toEqual(first)
    expect(await sample(8)).not.toEqual(first)
  })

  it("chooses greedily with top-k 1 and any temperature", async () => {
    const result = await model.generate({ messages: ask(picture), ...twenty, temperature: 2, topK: 1 }).result
    expect(result.tokenIds).toEqual(row.new_ids)
  })

  it("never repeats a token under a heavy penalty", async () => {
    const result = await model.generate({ messages: ask(picture), ...twenty, repetitionPenalty: 1e4 }).result
    expect(new Set(result.tokenIds).size).toBe(20)
  })

  it("refuses settings out of range, naming them", async () => {
    const reply = model.generate({ messages: ask(picture), topP: 2 })
    await expect(reply.result).rejects.toThrow("topP")
  })

  it("refuses a prompt longer than the context", async () => {
    const reply = model.generate({ messages: ask(picture, "word ".repeat(600)) })
    await expect(reply.result).rejects.toMatchObject({ code: "context-full" })
  })

  it("answers past the longest prompt, to the end of the context, and refuses a longer prompt", async () => {
    const length = (await model.generate({ messages: ask(picture), ...twenty }).result).usage.promptTokens + 16
    const { tokenIds } = await composeLlava({ ...model.options, maxLength: length }).generate({
      messages: ask(picture),
      ...twenty,
    }).result
    expect(tokenIds).toEqual(row.new_ids)
    const shorter = composeLlava({ ...model.options, maxLength: length - 1 })
    await expect(shorter.generate({ messages: ask(picture), ...twenty }).result).rejects.toMatchObject({
      code: "context-full",
    })
  })

  it("holds no more memory after many answers", async () => {
    await model.generate({ messages: ask(picture), ...twenty }).result
    const before = model.device.memory.liveBuffers
    for (let turn = 0; turn < 5; turn++) await model.generate({ messages: ask(picture), ...twenty }).result
    expect(model.device.memory.liveBuffers).toBe(before)
  })
})
