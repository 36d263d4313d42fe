import { readFileSync } from "node:fs"
import { APICallError, type LanguageModelV4CallOptions, UnsupportedFunctionalityError } from "@ai-sdk/provider"
import { generateText, jsonSchema, Output, streamText } from "ai"
import { beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { fixturePath, testDevice } from "#testing"
import { createLlava } from "./create-llava.ts"
import type { LlavaProvider } from "./llava-provider.ts"

const folder = fixturePath("llava-original-mlp/model")
const { generation: goldens } = JSON.parse(readFileSync(fixturePath("llava-original-mlp/golden.json"), "utf8"))
const golden: { image: string; question: string; new_ids: number[]; text: string; prompt_ids: number[] } = goldens.find(
  ({ template, image }: { template: string; image: string }) => {
    return template === "v1" && image === "drawn-333x217.png"
  },
)
const image = readFileSync(fixturePath("image-processor/images", golden.image))
const { question } = golden

let llava: LlavaProvider
beforeAll(async () => {
  // They are looked at, not printed.
  globalThis.AI_SDK_LOG_WARNINGS = false
  llava = createLlava({ device: await testDevice(), template: "v1" })
})

/** The original LLaVA's question, as its fixture was made. */
const asked = () => ({
  model: llava(folder),
  messages: [
    {
      role: "user" as const,
      content: [
        { type: "file" as const, data: image, mediaType: "image/png" },
        { type: "text" as const, text: question },
      ],
    },
  ],
  maxOutputTokens: golden.new_ids.length,
  providerOptions: { llava: { ignoreEndOfSequence: true } },
})

describe("generateText", () => {
  test("answers about a picture as the original LLaVA does, and counts its tokens", async () => {
    const { text, finishReason, usage, warnings, finalStep, response } = await generateText(asked())
    expect(text).toBe(golden.text)
    expect(finishReason).toBe("length")
    const inputTokens = golden.prompt_ids.length - 1 + 16
    expect(usage).toMatchObject({ inputTokens, outputTokens: 20, totalTokens: inputTokens + 20 })
    expect(finalStep.providerMetadata?.["llava"]).toMatchObject({ imageTokens: 16, tokenIds: golden.new_ids })
    expect(response.modelId).toBe(folder)
    expect(warnings ?? []).toEqual([])
  })

  test("a conversation goes on where its cache ends; what was not new is told apart", async () => {
    const first = await generateText({ model: llava(folder), prompt: "What is this?", maxOutputTokens: 4 })
    const messages = [
      { role: "user" as const, content: "What is this?" },
      { role: "assistant" as const, content: first.text },
      { role: "user" as const, content: "And that?" },
    ]
    const { usage } = await generateText({ model: llava(folder), system: "Be brief.", messages, maxOutputTokens: 4 })
    expect(usage.inputTokenDetails.noCacheTokens! + usage.inputTokenDetails.cacheReadTokens!).toBe(usage.inputTokens)
  })

  test("stop sequences end the answer and are no part of it", async () => {
    const stop = golden.text.slice(10, 14)
    const { text, finishReason } = await generateText({ ...asked(), stopSequences: [stop] })
    expect(text).toBe(golden.text.slice(0, golden.text.indexOf(stop)))
    expect(finishReason).toBe("stop")
  })

  test("a seed repeats a sampled answer, another gives another", async () => {
    const sampled = (seed: number) =>
      generateText({ ...asked(), maxOutputTokens: 6, temperature: 1, topP: 0.9, topK: 1000, seed })
    const [once, again, other] = [await sampled(1), await sampled(1), await sampled(2)]
    expect(again.text).toBe(once.text)
    expect(other.text).not.toBe(once.text)
    expect(once.warnings ?? []).toEqual([])
  })

  test("settings that change nothing become warnings", async () => {
    const { warnings, text } = await generateText({
      ...asked(),
      presencePenalty: 0.5,
      frequencyPenalty: 0.5,
      topP: 0.5,
      reasoning: "high",
    })
    expect(text).toBe(golden.text)
    expect(warnings).toEqual([
      expect.objectContaining({ type: "unsupported", feature: "presencePenalty" }),
      expect.objectContaining({ type: "unsupported", feature: "frequencyPenalty" }),
      { type: "unsupported", feature: "reasoning" },
      { type: "other", message: expect.stringContaining("topP changed nothing") },
    ])
  })

  test("an answer is held to a schema", async () => {
    const schema = z.object({
      colour: z.enum(["red", "green"]),
      seen: z.boolean(),
      cups: z.array(z.enum(["a", "b"])).max(2),
    })
    const { output, finishReason, text } = await generateText({
      ...asked(),
      maxOutputTokens: 200,
      providerOptions: {},
      output: Output.object({ schema }),
    })
    expect(schema.parse(JSON.parse(text))).toEqual(output)
    expect(finishReason).toBe("stop")
    const unsupported = jsonSchema({ type: "object", not: { required: ["colour"] } })
    await expect(generateText({ ...asked(), output: Output.object({ schema: unsupported }) })).rejects.toMatchObject({
      code: "schema-unsupported",
    })
  })

  test("an unknown option of ours and a file that is no image are refused", async () => {
    const typo = generateText({ ...asked(), providerOptions: { llava: { minp: 0.1 } } })
    await expect(typo).rejects.toThrow(/providerOptions\.llava: .*minp/)
    const content = [{ type: "file" as const, data: Buffer.from("%PDF-1.7"), mediaType: "application/pdf" }]
    const file = generateText({ model: llava(folder), messages: [{ role: "user", content }] })
    await expect(file).rejects.toSatisfy((error) => UnsupportedFunctionalityError.isInstance(error))
  })
})

describe("streamText", () => {
  test("gives the text in pieces, the same in all", async () => {
    const { textStream, finishReason, usage } = streamText(asked())
    const pieces: string[] = []
    for await (const piece of textStream) pieces.push(piece)
    expect(pieces.length).toBeGreaterThan(5)
    expect(pieces.join("")).toBe(golden.text)
    expect(await finishReason).toBe("length")
    expect((await usage).outputTokens).toBe(20)
  })

  test("an abort ends it and leaves the model free", async () => {
    const controller = new AbortController()
    const aborted: unknown[] = []
    const { fullStream } = streamText({
      ...asked(),
      maxOutputTokens: 400,
      abortSignal: controller.signal,
      onAbort: (event) => void aborted.push(event),
    })
    const types: string[] = []
    for await (const part of fullStream) {
      types.push(part.type)
      if (part.type === "text-delta") controller.abort()
    }
    expect(types.at(-1)).toBe("abort")
    expect(aborted).toHaveLength(1)
    expect((await generateText(asked())).text).toBe(golden.text)
  })

  test("who leaves the stream stops the model", async () => {
    const prompt: LanguageModelV4CallOptions["prompt"] = [{ role: "user", content: [{ type: "text", text: question }] }]
    const { stream } = await llava(folder).doStream({ prompt, maxOutputTokens: 400, includeRawChunks: true })
    const reader = stream.getReader()
    expect((await reader.read()).value).toEqual({ type: "stream-start", warnings: [] })
    await reader.cancel()
    expect((await reader.read()).done).toBe(true)
  })

  test("a picture that is none ends the stream with an error", async () => {
    const errors: unknown[] = []
    const content = [{ type: "file" as const, data: new Uint8Array([1, 2, 3]), mediaType: "image/png" }]
    const result = streamText({
      model: llava(folder),
      messages: [{ role: "user", content }],
      onError: ({ error }) => void errors.push(error),
    })
    await result.consumeStream()
    expect(errors).toEqual([expect.objectContaining({ code: "image-unsupported" })])
    expect(await result.finishReason).toBe("error")
  })
})

describe("the provider", () => {
  test("opens a model once, however many ask for it, and not at all after it was closed", async () => {
    const opened: string[] = []
    const onProgress = ({ stage, loadedBytes }: { stage: string; loadedBytes: number }) => {
      if (loadedBytes === 0) opened.push(stage)
    }
    const own = createLlava({ device: await testDevice(), template: "v1", onProgress })
    const model = own.languageModel(folder)
    const answers = ["One?", "Two?"].map((prompt) => generateText({ model, prompt, maxOutputTokens: 2 }))
    expect(await Promise.all(answers)).toHaveLength(2)
    const loads = opened.length
    await generateText({ model: own(folder), prompt: "Three?", maxOutputTokens: 2 })
    expect(opened).toHaveLength(loads)
    await own[Symbol.asyncDispose]()
    await expect(generateText({ model, prompt: "Four?" })).rejects.toThrow("This provider has been closed.")
  })

  test("a model that cannot be opened says why, and is tried again the next time", async () => {
    const model = llava("no-such-model")
    for (const prompt of ["One?", "Two?"]) {
      await expect(generateText({ model, prompt })).rejects.toMatchObject({ code: "model-not-found" })
    }
    expect(APICallError.isInstance(await generateText({ model, prompt: "x" }).catch((error) => error))).toBe(false)
  })

  test("who aborts while the model is being opened does not wait for it", async () => {
    await expect(
      generateText({ model: createLlava({ template: "v1" })(folder), prompt: "x", abortSignal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: "AbortError" })
  })

  test("has no models but those that answer in text", () => {
    expect(() => llava.embeddingModel("x")).toThrow(/no embeddingModel/)
    expect(() => llava.imageModel("x")).toThrow(/no imageModel/)
  })
})
