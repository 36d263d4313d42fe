import { describe, expect, test } from "vitest"
import type { ServedModel } from "./contract/served-model.ts"
import { chatChunkSchema, chatReplySchema } from "./schema/chat-reply.ts"
import { expectRefusal } from "./testing/expect-refusal.ts"
import { startServer } from "./testing/start-server.ts"

async function dataOf(response: Response): Promise<string[]> {
  return (await response.text()).split("\n\n").flatMap((event) => (event === "" ? [] : [event.replace(/^data: /, "")]))
}

describe("an answer", () => {
  test("in one piece", async () => {
    await using server = await startServer()
    const response = await server.ask({ max_tokens: 3, return_token_ids: true })
    expect(response.status).toBe(200)
    const reply = chatReplySchema.parse(await response.json())
    expect(reply).toMatchObject({
      model: "m",
      choices: [{ index: 0, message: { content: "A c" }, finish_reason: "length", token_ids: [65, 32, 99] }],
      usage: { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13 },
    })
  })

  test("in pieces, with the usage where it is asked for", async () => {
    await using server = await startServer()
    const response = await server.ask({ stream: true, stream_options: { include_usage: true } })
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/)
    const data = await dataOf(response)
    expect(data.pop()).toBe("[DONE]")
    const chunks = data.map((text) => chatChunkSchema.parse(JSON.parse(text)))
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" })
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe("A cup.")
    expect(chunks.at(-2)?.choices[0]).toMatchObject({ delta: {}, finish_reason: "stop" })
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 6 } })
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true)
  })

  test("several at once, in pieces and whole", async () => {
    await using server = await startServer({}, { concurrency: 2, tokenMs: 1 })
    const whole = chatReplySchema.parse(await (await server.ask({ n: 3, seed: 5 })).json())
    expect(whole.choices.map(({ index, message }) => [index, message.content])).toEqual(
      [0, 1, 2].map((i) => [i, "A cup."]),
    )
    expect(whole.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 18 })
    expect(server.engine.asked.map(({ seed }) => seed).toSorted()).toEqual([5, 6, 7])
    expect(server.engine.mostRunning).toBe(2)
    const chunks = (await dataOf(await server.ask({ n: 2, stream: true }))).slice(0, -1).map((text) => JSON.parse(text))
    for (const index of [0, 1]) {
      const own = chunks.flatMap(({ choices }) => choices).filter((choice) => choice.index === index)
      expect(own.map(({ delta }) => delta.content ?? "").join("")).toBe("A cup.")
      expect(own.at(-1).finish_reason).toBe("stop")
    }
  })

  test("what the model remarks on the last message comes once, with the first choice", async () => {
    const remarks = ["The picture is strange."]
    await using server = await startServer({}, { remarks })
    const messages = ["What?", "Why?"].map((content) => ({ role: "user", content }))
    const whole = chatReplySchema.parse(await (await server.ask({ n: 2, messages })).json())
    expect(whole.remarks).toEqual(remarks)
    expect(server.engine.remarkedOn).toMatchObject([{ content: [{ text: "What?" }, { text: "Why?" }] }])
    const chunks = (await dataOf(await server.ask({ n: 2, stream: true }))).slice(0, -1).map((text) => JSON.parse(text))
    const remarking = chunks.map((chunk) => chatChunkSchema.parse(chunk)).filter((chunk) => chunk.remarks)
    expect(remarking).toMatchObject([{ remarks, choices: [{ index: 0, finish_reason: "stop" }] }])
    await using quiet = await startServer()
    expect(await (await quiet.ask()).json()).not.toHaveProperty("remarks")
  })

  test("the request's settings reach the model, and OpenAI's defaults where it says nothing", async () => {
    await using server = await startServer()
    await server.ask({
      ...{ temperature: 0.5, top_p: 0.9, top_k: 4, min_p: 0.1, repetition_penalty: 1.1, stop: "x", seed: 7 },
      ...{ max_tokens: 2, max_completion_tokens: 3, ignore_eos: true, user: "unknown fields", metadata: {} },
    })
    await server.ask({ stop: ["a", "b"], temperature: null, n: null, tools: [], logit_bias: {}, frequency_penalty: 0 })
    expect(server.engine.asked).toMatchObject([
      {
        ...{ temperature: 0.5, topP: 0.9, topK: 4, minP: 0.1, repetitionPenalty: 1.1, stop: ["x"], seed: 7 },
        ...{ maxNewTokens: 3, ignoreEndOfSequence: true },
      },
      { temperature: 1, topP: 1, topK: 0, minP: 0, repetitionPenalty: 1, stop: ["a", "b"], ignoreEndOfSequence: false },
    ])
    expect(server.engine.asked[1]).not.toHaveProperty("seed")
  })

  test("messages of one role in a row become one; a developer is the system", async () => {
    await using server = await startServer()
    const messages = [
      { role: "developer", content: "Be short." },
      { role: "user", content: "One." },
      { role: "user", content: [{ type: "text", text: "Two." }] },
      { role: "assistant", content: "Yes." },
      { role: "user", content: "Three." },
    ]
    await server.ask({ messages })
    const text = (words: string) => ({ type: "text", text: words })
    expect(server.engine.asked[0]?.messages).toEqual([
      { role: "system", content: [text("Be short.")] },
      { role: "user", content: [text("One."), text("Two.")] },
      { role: "assistant", content: [text("Yes.")] },
      { role: "user", content: [text("Three.")] },
    ])
  })
})

describe("models", () => {
  test("may come while the server runs", async () => {
    const models: ServedModel[] = []
    await using server = await startServer({ models })
    await expectRefusal(await server.ask(), 404, "model_not_found")
    models.push({ id: "m", engine: server.engine })
    expect((await server.ask()).status).toBe(200)
  })

  test("are listed, and found by ids with slashes", async () => {
    await using server = await startServer()
    const { data } = (await (await fetch(`${server.url}/v1/models`)).json()) as { data: { id: string }[] }
    expect(data).toMatchObject([{ id: "m", object: "model", capabilities: ["chat", "vision"], max_model_len: 100_000 }])
    expect(await (await fetch(`${server.url}/v1/models/m`)).json()).toEqual(data[0])
    const missing = await fetch(`${server.url}/v1/models/a/b%2Fc`)
    expect(missing.status).toBe(404)
    expect(await missing.text()).toContain("a/b/c")
  })
})

describe("probabilities", () => {
  const fields = { logprobs: true, top_logprobs: 2, max_tokens: 2 }
  const entry = (token: string, top = true) => ({
    ...{ token, logprob: -0.5, bytes: [token.charCodeAt(0)] },
    top_logprobs: top
      ? [
          { token, logprob: -0.5, bytes: [token.charCodeAt(0)] },
          { token: "<s>", logprob: -9999, bytes: [60, 115, 62] },
        ]
      : [],
  })

  test("of each token, whole and in pieces, and not where nobody asks", async () => {
    await using server = await startServer()
    const whole = chatReplySchema.parse(await (await server.ask(fields)).json())
    expect(whole.choices[0]?.logprobs).toEqual({ content: [entry("A"), entry(" ")], refusal: null })
    const data = (await dataOf(await server.ask({ ...fields, top_logprobs: 0, stream: true }))).slice(0, -1)
    const chunks = data.map((text) => chatChunkSchema.parse(JSON.parse(text)))
    expect(chunks.flatMap(({ choices }) => choices[0]?.logprobs?.content ?? [])).toEqual([
      entry("A", false),
      entry(" ", false),
    ])
    const without = chatReplySchema.parse(await (await server.ask()).json())
    expect(without.choices[0]?.logprobs).toBeNull()
  })
})

describe("the form of an answer", () => {
  const schema = { type: "object", properties: { a: { type: "integer" } }, required: ["a"] }
  const format = (json_schema: object) => ({ response_format: { type: "json_schema", json_schema } })

  test("holds the model to JSON, or to a schema", async () => {
    await using server = await startServer({}, { text: '{"a": 12}' })
    for (const change of [{ response_format: { type: "json_object" } }, format({ name: "x", schema })]) {
      const reply = chatReplySchema.parse(await (await server.ask(change)).json())
      expect(JSON.parse(reply.choices[0]!.message.content)).toEqual({ a: 12 })
      const constraint = server.engine.asked.at(-1)!.constrain!()
      expect(constraint.allowed()[0x7b]).toBe(1)
      expect(constraint.allowed()[0x41]).toBe(0)
    }
    await server.ask({ response_format: { type: "text" } })
    expect(server.engine.asked.at(-1)).not.toHaveProperty("constrain")
  })

  test("that cannot be kept to is refused", async () => {
    await using server = await startServer()
    const refused = await server.ask(format({ name: "x", schema: { type: "object", properties: { b: { not: {} } } } }))
    expect(await expectRefusal(refused, 400, "invalid_json_schema")).toMatch(/#\/properties\/b has not/)
    await expectRefusal(await server.ask(format({ schema })), 400, "invalid_value")
    await expectRefusal(await server.ask({ response_format: { type: "xml" } }), 400, "invalid_value")
  })
})
