import { describe, expect, test } from "vitest"
import { chatChunkSchema, chatReplySchema } from "./schema/chat-reply.ts"
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
