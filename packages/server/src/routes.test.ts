import { describe, expect, test } from "vitest"
import { expectRefusal } from "./testing/expect-refusal.ts"
import { ScriptedEngine } from "./testing/scripted-engine.ts"
import { startServer, type TestServer } from "./testing/start-server.ts"

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
)

function upload(server: TestServer, key = "", purpose = "vision"): Promise<Response> {
  const form = new FormData()
  form.set("file", new Blob([pixel]), "../../a\r\nb.png")
  form.set("purpose", purpose)
  return fetch(`${server.url}/v1/files`, { method: "POST", body: form, headers: { authorization: `Bearer ${key}` } })
}

describe("files", () => {
  test("are uploaded, asked about, listed and deleted", async () => {
    await using server = await startServer()
    const { id, ...file } = (await (await upload(server)).json()) as { id: string }
    expect(file).toMatchObject({ object: "file", bytes: pixel.length, purpose: "vision", status: "processed" })
    for (const part of [
      { type: "image_url", image_url: { url: id } },
      { type: "file", file: { file_id: id } },
      { type: "file", file: { file_data: `data:image/png;base64,${pixel.toString("base64")}` } },
    ]) {
      const response = await server.ask({ messages: [{ role: "user", content: [part, { type: "text", text: "?" }] }] })
      expect(response.status).toBe(200)
      expect(server.engine.asked.at(-1)?.messages).toMatchObject([
        {
          content: [
            { type: "image", image: { width: 1, height: 1 } },
            { type: "text", text: "?" },
          ],
        },
      ])
    }
    const list = (await (await fetch(`${server.url}/v1/files`)).json()) as { data: object[] }
    expect(list.data).toEqual([{ id, ...file }])
    expect(await (await fetch(`${server.url}/v1/files/${id}`)).json()).toEqual({ id, ...file })
    const deleted = await fetch(`${server.url}/v1/files/${id}`, { method: "DELETE" })
    expect(await deleted.json()).toEqual({ id, object: "file", deleted: true })
    await expectRefusal(await fetch(`${server.url}/v1/files/${id}`), 404, "file_not_found")
  })

  test("belong to the key that uploaded them", async () => {
    await using server = await startServer({ apiKeys: ["a", "b"] })
    const { id } = (await (await upload(server, "a")).json()) as { id: string }
    const get = (path: string, key: string) =>
      fetch(`${server.url}/v1/files${path}`, { headers: { authorization: `Bearer ${key}` } })
    expect((await get(`/${id}`, "a")).status).toBe(200)
    await expectRefusal(await get(`/${id}`, "b"), 404, "file_not_found")
    expect(await (await get("", "b")).json()).toMatchObject({ data: [] })
  })

  test("make room for new ones, and go after their time", async () => {
    await using small = await startServer({ limits: { filesBytes: 2 * pixel.length } })
    const ids: string[] = []
    for (let i = 0; i < 3; i++) ids.push(((await (await upload(small)).json()) as { id: string }).id)
    const list = (await (await fetch(`${small.url}/v1/files`)).json()) as { data: { id: string }[] }
    expect(list.data.map(({ id }) => id)).toEqual([ids[2], ids[1]])
    await using brief = await startServer({ limits: { fileSeconds: 0 } })
    const { id } = (await (await upload(brief)).json()) as { id: string }
    await expectRefusal(await fetch(`${brief.url}/v1/files/${id}`), 404, "file_not_found")
  })

  test("that are too large or no form are refused", async () => {
    await using server = await startServer({ limits: { imageBytes: 10 } })
    await expectRefusal(await upload(server), 413, "file_too_large")
    await expectRefusal(await upload(server, "", "fine-tune"), 400, "invalid_value")
    await expectRefusal(await server.post("/v1/files", "{}"), 400, "invalid_form")
  })
})

describe("embeddings", () => {
  const embedder = {
    tokenizer: new ScriptedEngine().tokenizer,
    embedTexts: async (texts: readonly string[]) => texts.map((text) => Float32Array.of(text.length, 0.5)),
    embedImages: async (images: readonly unknown[]) => images.map(() => Float32Array.of(-1, 0.1)),
  }
  const start = () => startServer({ embedders: [{ id: "clip", embedder }] })
  const image = `data:image/png;base64,${pixel.toString("base64")}`

  test("of texts and images, in order", async () => {
    await using server = await start()
    const input = ["a", { image }, { text: "abc" }]
    const reply = await (await server.post("/v1/embeddings", { model: "clip", input })).json()
    expect(reply).toMatchObject({
      object: "list",
      data: [
        { index: 0, embedding: [1, 0.5] },
        { index: 1, embedding: [-1, Math.fround(0.1)] },
        { index: 2, embedding: [3, 0.5] },
      ],
      usage: { prompt_tokens: 6, total_tokens: 6 },
    })
    const packed = await (
      await server.post("/v1/embeddings", { model: "clip", input: "ab", encoding_format: "base64" })
    ).json()
    const bytes = Buffer.from((packed as { data: [{ embedding: string }] }).data[0].embedding, "base64")
    expect([bytes.readFloatLE(0), bytes.readFloatLE(4)]).toEqual([2, 0.5])
  })

  test("of what is no input are refused", async () => {
    await using server = await start()
    const post = (change: object) => server.post("/v1/embeddings", { model: "clip", input: "a", ...change })
    await expectRefusal(await post({ input: [] }), 400, "invalid_value")
    await expectRefusal(await post({ input: [[1, 2]] }), 400, "invalid_value")
    await expectRefusal(await post({ input: Array(257).fill("a") }), 400, "invalid_value")
    await expectRefusal(await post({ input: { image: "data:image/png;base64,AAAA" } }), 400, "invalid_image")
    await expectRefusal(await post({ dimensions: 2 }), 400, "unsupported_parameter")
    await expectRefusal(await post({ model: "m" }), 404, "model_not_found")
  })
})

describe("what the server says of itself", () => {
  test("metrics", async () => {
    await using server = await startServer()
    await (await server.ask()).text()
    await (await server.ask({ model: "x" })).text()
    const response = await fetch(`${server.url}/metrics`)
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/)
    const text = await response.text()
    for (const line of [
      'llava_requests_total{route="/v1/chat/completions",status="200"} 1',
      'llava_requests_total{route="/v1/chat/completions",status="404"} 1',
      'llava_answers_total{model="m",ending="stop"} 1',
      'llava_tokens_total{model="m",kind="generated"} 6',
      'llava_answers_running{model="m"} 0',
      'llava_first_token_seconds_count{model="m"} 1',
    ]) {
      expect(text.split("\n")).toContain(line)
    }
  })

  test("an OpenAPI document whose references all lead somewhere", async () => {
    await using server = await startServer({ apiKeys: ["k"] })
    const response = await fetch(`${server.url}/openapi.json`)
    const text = await response.text()
    const document = JSON.parse(text)
    expect(document.openapi).toBe("3.1.0")
    expect(Object.keys(document.paths)).toEqual([
      ...["/v1/chat/completions", "/v1/embeddings", "/v1/models", "/v1/models/{id}", "/v1/files", "/v1/files/{id}"],
      ...["/health", "/metrics"],
    ])
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!)
    expect(references.length).toBeGreaterThan(10)
    for (const reference of references) {
      const name = /^#\/components\/schemas\/(\w+)$/.exec(reference)?.[1]
      expect(Object.keys(document.components.schemas), reference).toContain(name)
    }
    const request = document.components.schemas.ChatCompletionRequest
    expect(request.required).toEqual(["model", "messages"])
    expect(request.properties.messages.items).toEqual({ $ref: "#/components/schemas/Message" })
    expect(document.components.schemas.FileUpload.properties.file).toEqual({ type: "string", format: "binary" })
    expect(document.paths["/v1/models"].get.security).toEqual([{ key: [] }])
    expect(document.paths["/health"].get.security).toBeUndefined()
  })
})
