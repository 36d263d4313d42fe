import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { promisify } from "node:util"
import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import { HumanMessage } from "@langchain/core/messages"
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai"
import { embedMany, generateText, Output, streamText } from "ai"
import OpenAI from "openai"
import { zodResponseFormat } from "openai/helpers/zod"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { startServer, type TestServer } from "../../packages/server/src/testing/start-server.ts"
import { fixturePath } from "../support/fixtures.ts"

const key = "a key"
const picture = fixturePath("image-processor/images/drawn-333x217.png")
const embedder = {
  tokenizer: { encode: (text: string) => [...text] } as never,
  embedTexts: async (texts: readonly string[]) => texts.map((text) => Float32Array.of(text.length, 0.5)),
  embedImages: async (images: readonly unknown[]) => images.map(() => Float32Array.of(-1, 0)),
}

let server: TestServer
let bytes: Buffer
let url = ""
beforeAll(async () => {
  bytes = await readFile(picture)
  url = `data:image/png;base64,${bytes.toString("base64")}`
  server = await startServer({ apiKeys: [key], embedders: [{ id: "clip", embedder }] }, { text: "A red cup." })
})
afterAll(() => server[Symbol.asyncDispose]())

/** The model was shown the picture, decoded. */
function expectPictureSeen(question: string): void {
  const parts = server.engine.asked.at(-1)!.messages.at(-1)!.content
  expect(parts).toHaveLength(2)
  expect(parts).toContainEqual({ type: "text", text: question })
  expect(parts).toContainEqual({ type: "image", image: expect.objectContaining({ width: 333, height: 217 }) })
}

describe("the official client", () => {
  const client = () => new OpenAI({ apiKey: key, baseURL: `${server.url}/v1`, maxRetries: 0 })
  const content = (question: string) => [
    { type: "image_url" as const, image_url: { url } },
    { type: "text" as const, text: question },
  ]

  test("an answer, whole", async () => {
    const messages = [{ role: "user" as const, content: content("What is it?") }]
    const reply = await client().chat.completions.create({ model: "m", messages, n: 2, max_completion_tokens: 5 })
    expect(reply.choices.map(({ message, finish_reason }) => [message.content, finish_reason])).toEqual([
      ["A red", "length"],
      ["A red", "length"],
    ])
    expect(reply.usage?.total_tokens).toBe(20)
    expectPictureSeen("What is it?")
  })

  test("an answer, in pieces with usage", async () => {
    const messages = [{ role: "user" as const, content: content("And this?") }]
    const stream = await client().chat.completions.create({
      ...{ model: "m", messages, stream: true as const, stream_options: { include_usage: true } },
    })
    let text = ""
    let total: number | undefined
    for await (const { choices, usage } of stream) {
      text += choices[0]?.delta.content ?? ""
      total = usage?.total_tokens ?? total
    }
    expect({ text, total }).toEqual({ text: "A red cup.", total: 20 })
    expectPictureSeen("And this?")
  })

  test("its stream helper puts the pieces together", async () => {
    const messages = [{ role: "user" as const, content: "Hello?" }]
    const stream = client().chat.completions.stream({ model: "m", messages })
    expect(await stream.finalContent()).toBe("A red cup.")
  })

  test("an uploaded file, models, embeddings", async () => {
    const file = await client().files.create({
      file: new File([new Uint8Array(bytes)], "picture.png"),
      purpose: "vision",
    })
    const part = { type: "file" as const, file: { file_id: file.id } }
    const messages = [{ role: "user" as const, content: [part, { type: "text" as const, text: "Uploaded?" }] }]
    await client().chat.completions.create({ model: "m", messages })
    expectPictureSeen("Uploaded?")
    expect((await client().files.list()).data.map(({ id }) => id)).toEqual([file.id])
    expect(await client().files.delete(file.id)).toMatchObject({ deleted: true })
    expect((await client().models.list()).data.map(({ id }) => id)).toEqual(["m", "clip"])
    expect((await client().models.retrieve("m")).owned_by).toBe("llava")
    // It asks for base64 and unpacks that itself.
    const { data } = await client().embeddings.create({ model: "clip", input: ["a", "abc"] })
    expect(data.map(({ embedding }) => embedding)).toEqual([
      [1, 0.5],
      [3, 0.5],
    ])
  })

  test("refusals become its own errors", async () => {
    const messages = [{ role: "user" as const, content: "?" }]
    const ask = (change: object) => client().chat.completions.create({ model: "m", messages, ...change })
    await expect(ask({ model: "x" })).rejects.toMatchObject({ status: 404, code: "model_not_found", param: "model" })
    await expect(ask({ temperature: 9 })).rejects.toBeInstanceOf(OpenAI.BadRequestError)
    const stranger = new OpenAI({ apiKey: "wrong", baseURL: `${server.url}/v1`, maxRetries: 0 })
    await expect(stranger.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError)
  })
})

describe("the AI SDK", () => {
  const provider = () =>
    createOpenAICompatible({
      ...{ name: "llava", baseURL: `${server.url}/v1`, apiKey: key },
      ...{ includeUsage: true, supportsStructuredOutputs: true },
    })
  const text = (question: string) => ({ type: "text" as const, text: question })
  const image = () => ({ type: "image" as const, image: new Uint8Array(bytes), mediaType: "image/png" })
  /** What newer versions call an image part. */
  const file = () => ({ type: "file" as const, data: new Uint8Array(bytes), mediaType: "image/png" })

  test("generateText with an image part", async () => {
    const messages = [{ role: "user" as const, content: [text("One?"), image()] }]
    const reply = await generateText({ model: provider()("m"), messages })
    expect(reply).toMatchObject({ text: "A red cup.", finishReason: "stop" })
    expect(reply.usage).toMatchObject({ inputTokens: 10, outputTokens: 10, totalTokens: 20 })
    expectPictureSeen("One?")
  })

  test.each([
    ["an image part", image],
    ["a file part", file],
  ])("streamText with %s", async (_, part) => {
    const messages = [{ role: "user" as const, content: [text("Two?"), part()] }]
    const result = streamText({ model: provider()("m"), messages })
    const pieces: string[] = []
    for await (const piece of result.textStream) pieces.push(piece)
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.join("")).toBe("A red cup.")
    expect(await result.usage).toMatchObject({ outputTokens: 10 })
    expectPictureSeen("Two?")
  })

  test("embedMany", async () => {
    const { embeddings } = await embedMany({ model: provider().embeddingModel("clip"), values: ["a", "ab"] })
    expect(embeddings).toEqual([
      [1, 0.5],
      [2, 0.5],
    ])
  })
})

describe("LangChain", () => {
  const model = (fields = {}) =>
    new ChatOpenAI({
      model: "m",
      apiKey: key,
      configuration: { baseURL: `${server.url}/v1` },
      maxRetries: 0,
      ...fields,
    })
  const message = (question: string) =>
    new HumanMessage({
      content: [
        { type: "text", text: question },
        { type: "image_url", image_url: { url } },
      ],
    })

  test("invoke with an image", async () => {
    const reply = await model({ temperature: 0.3, maxTokens: 5 }).invoke([message("What?")])
    expect(reply.text).toBe("A red")
    expect(reply.usage_metadata).toMatchObject({ output_tokens: 5, total_tokens: 15 })
    expect(server.engine.asked.at(-1)).toMatchObject({ temperature: 0.3, maxNewTokens: 5 })
    expectPictureSeen("What?")
  })

  test("stream", async () => {
    let text = ""
    for await (const piece of await model().stream([message("Streamed?")])) text += piece.text
    expect(text).toBe("A red cup.")
    expectPictureSeen("Streamed?")
  })

  test("embeddings", async () => {
    const embeddings = new OpenAIEmbeddings({
      ...{ model: "clip", apiKey: key, configuration: { baseURL: `${server.url}/v1` } },
    })
    expect(await embeddings.embedDocuments(["a", "ab"])).toEqual([
      [1, 0.5],
      [2, 0.5],
    ])
  })
})

describe("answers in a form", () => {
  const schema = z.object({ color: z.string(), count: z.int() })
  const value = { color: "red", count: 2 }
  const messages = [{ role: "user" as const, content: "Which and how many?" }]
  let formal: TestServer
  beforeAll(async () => {
    formal = await startServer({}, { text: JSON.stringify(value) })
  })
  afterAll(() => formal[Symbol.asyncDispose]())

  /** The model was held to the schema: nothing else could have been said. */
  function expectHeld(): void {
    const constraint = formal.engine.asked.at(-1)!.constrain!()
    for (const byte of new TextEncoder().encode('{"color":"')) constraint.push(byte)
    expect(() => constraint.push(0x0a)).toThrow(/not allowed/)
    expect(constraint.allowed()[0x72]).toBe(1)
  }

  test("the official client", async () => {
    const client = new OpenAI({ apiKey: "none", baseURL: `${formal.url}/v1`, maxRetries: 0 })
    const format = zodResponseFormat(schema, "things")
    const reply = await client.chat.completions.parse({ model: "m", messages, response_format: format })
    expect(reply.choices[0]?.message.parsed).toEqual(value)
    expectHeld()
  })

  test("the AI SDK", async () => {
    const provider = createOpenAICompatible({
      ...{ name: "llava", baseURL: `${formal.url}/v1`, supportsStructuredOutputs: true },
    })
    const { output } = await generateText({ model: provider("m"), messages, output: Output.object({ schema }) })
    expect(output).toEqual(value)
    expectHeld()
  })

  test("LangChain", async () => {
    const configuration = { baseURL: `${formal.url}/v1` }
    const model = new ChatOpenAI({ model: "m", apiKey: "none", configuration, maxRetries: 0 })
    expect(await model.withStructuredOutput(schema, { method: "jsonSchema" }).invoke("Which?")).toEqual(value)
    expectHeld()
  })
})

describe("curl", () => {
  const shell = async (command: string) => (await promisify(execFile)("bash", ["-c", command])).stdout
  const authorization = `-H 'authorization: Bearer ${key}'`

  test("as the docs show it", async () => {
    const docs = await readFile(new URL("../../docs/server.md", import.meta.url), "utf8")
    const shown = /^```sh\n(curl .*?)^```$/ms.exec(docs)![1]!
    const command = shown
      .replace("curl http://127.0.0.1:8000", `curl -sS ${authorization} ${server.url}`)
      .replace('"llava-1.5-7b"', '"m"')
      .replace("photo.png", `'${picture}'`)
    const reply = JSON.parse(await shell(command))
    expect(reply.choices[0].message.content).toBe("A red cup.")
    expectPictureSeen("What is in this picture?")
  })

  test("an uploaded file", async () => {
    const form = `-F purpose=vision -F 'file=@${picture}'`
    const reply = JSON.parse(await shell(`curl -sS ${authorization} ${form} ${server.url}/v1/files`))
    expect(reply).toMatchObject({ object: "file", bytes: bytes.length })
  })
})
