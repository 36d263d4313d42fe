import { setTimeout as sleep } from "node:timers/promises"
import { crc32, deflateSync } from "node:zlib"
import { LlavaError } from "@llava/core"
import { describe, expect, test } from "vitest"
import type { ServedModel } from "./contract/served-model.ts"
import { createServer } from "./create-server.ts"
import { listen } from "./platform/listen.node.ts"
import { expectRefusal } from "./testing/expect-refusal.ts"
import { expectServing } from "./testing/expect-serving.ts"
import { ScriptedEngine } from "./testing/scripted-engine.ts"
import { sendRaw } from "./testing/send-raw.ts"
import { startServer, type TestServer } from "./testing/start-server.ts"
import { until } from "./testing/until.ts"

/** A black PNG that says to be so large, with as many rows in it as are asked for. */
function png(width: number, height: number, rowsInIt = height): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const crc = Buffer.alloc(4)
    crc.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, crc])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc(rowsInIt * (width + 1)))
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1")
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))])
}

const dataUrl = (bytes: Buffer) => `data:image/png;base64,${bytes.toString("base64")}`
const withImage = (url: string) => ({
  messages: [
    {
      role: "user",
      content: [
        { type: "image_url", image_url: { url } },
        { type: "text", text: "What?" },
      ],
    },
  ],
})

describe("a body that does not fit is refused by its field, and the server goes on", () => {
  test.each<[name: string, change: object | string, status: number, code: string, message: RegExp]>([
    ["malformed JSON", '{"model": "m", "messages": [', 400, "invalid_json", /not JSON/],
    ["bytes that are no UTF-8", "\xff", 400, "invalid_json", /not JSON/],
    ["nothing", "", 400, "invalid_json", /not JSON/],
    ["an array", "[]", 400, "invalid_value", /body/],
    ["no messages", { messages: undefined }, 400, "invalid_value", /^messages/],
    ["empty messages", { messages: [] }, 400, "invalid_value", /^messages/],
    ["a number for the model", { model: 3 }, 400, "invalid_value", /^model/],
    ["an unknown role", { messages: [{ role: "tool", content: "x" }] }, 400, "invalid_value", /^messages\[0\]\.role/],
    ["text for a temperature", { temperature: "hot" }, 400, "invalid_value", /^temperature/],
    ["a temperature out of range", { temperature: 3 }, 400, "invalid_value", /^temperature/],
    ["half a token", { max_tokens: 1.5 }, 400, "invalid_value", /^max_tokens/],
    ["n beyond the limit", { n: 1000 }, 400, "invalid_value", /^n is 1000/],
    ["an image without address", withImage(undefined as never), 400, "invalid_value", /image_url\.url/],
    [
      "a part of no known type",
      { messages: [{ role: "user", content: [{ type: "video" }] }] },
      400,
      "invalid_value",
      /\.type/,
    ],
    ["top_logprobs alone", { top_logprobs: 2 }, 400, "invalid_value", /^top_logprobs/],
    ["an unknown model", { model: "gpt-4o" }, 404, "model_not_found", /"gpt-4o".*There is: m\./],
    ["tools", { tools: [{ type: "function" }] }, 400, "unsupported_parameter", /^tools/],
    ["a bias of tokens", { logit_bias: { 5: 1 } }, 400, "unsupported_parameter", /^logit_bias/],
    ["a presence penalty", { presence_penalty: 0.5 }, 400, "unsupported_parameter", /^presence_penalty/],
    [
      "a long text",
      { messages: [{ role: "user", content: "x".repeat(200_001) }] },
      400,
      "context_length_exceeded",
      /200001/,
    ],
    [
      "many images",
      { messages: [{ role: "user", content: Array(17).fill(withImage("data:,").messages[0]!.content[0]) }] },
      400,
      "too_many_images",
      /17/,
    ],
    ["a path", withImage("/etc/passwd"), 400, "invalid_image_url", /neither a data URL/],
    ["a file address", withImage("file:///etc/passwd"), 400, "invalid_image_url", /neither a data URL/],
    [
      "an address, where none are fetched",
      withImage("http://127.0.0.1/x.png"),
      400,
      "invalid_image_url",
      /does not fetch/,
    ],
    ["a file that is not there", withImage("file-1234"), 404, "file_not_found", /file-1234/],
    ["base64 that is none", withImage("data:image/png;base64,???"), 400, "invalid_image", /base64/],
    ["an empty image", withImage("data:image/png;base64,"), 400, "invalid_image", /empty/],
    ["text for an image", withImage(dataUrl(Buffer.from("hello"))), 400, "invalid_image", /no image of a known format/],
    ["half an image", withImage(dataUrl(png(64, 64).subarray(0, 60))), 400, "invalid_image", /./],
    ["a decompression bomb", withImage(dataUrl(png(20_000, 20_000, 1))), 400, "invalid_image", /400 million pixels/],
  ])("%s", async (_, change, status, code, message) => {
    await using server = await startServer()
    const response = await (typeof change === "string"
      ? server.post("/v1/chat/completions", change)
      : server.ask(change))
    expect(await expectRefusal(response, status, code)).toMatch(message)
    expect(server.faults).toEqual([])
    await expectServing(server)
  })
})

describe("requests that are no questions", () => {
  test("another content type is refused: pages may send text to any server", async () => {
    await using server = await startServer()
    await expectRefusal(await server.ask({}, { "content-type": "text/plain" }), 415, "unsupported_media_type")
    expect(server.engine.asked).toEqual([])
  })

  test.each(["/", "/nothing", "/v1/nothing", "/v1/chat/completions"])("GET %s: nothing there", async (path) => {
    await using server = await startServer()
    await expectRefusal(await fetch(`${server.url}${path}`), 404, "not_found")
  })

  test("a body of 30 MB, announced or not", async () => {
    await using server = await startServer()
    await expectRefusal(await server.post("/v1/chat/completions", "x".repeat(30e6)), 413, "request_too_large")
    let sent = 0
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        // Others have their turn in between: client and server share this thread.
        await sleep(1)
        if (sent++ < 40) controller.enqueue(new Uint8Array(2 ** 20))
        else controller.close()
      },
    })
    // Not in the types of the web, where it is the only value.
    const half = { duplex: "half" }
    const unannounced = fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: stream,
      ...half,
    })
    // Whoever goes on sending after the refusal may find the connection closed instead of reading it.
    await unannounced.then(
      (response) => expectRefusal(response, 413, "request_too_large"),
      (error) => expect(error).toBeInstanceOf(TypeError),
    )
    await expectServing(server)
  })

  test("a body that trickles in", async () => {
    await using server = await startServer({ limits: { bodySeconds: 0.3 } })
    const head = "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    const reply = await sendRaw(server.port, `${head}content-length: 1000\r\n\r\n{"model"`)
    expect(reply).toMatch(/^HTTP\/1\.1 408 /)
    expect(reply).toContain('"code":"request_timeout"')
    await expectServing(server)
  })

  test("a head that trickles in", async () => {
    const server = await listen(createServer({ models: [] }), { headSeconds: 0.3 })
    const reply = await sendRaw(server.port, "GET /health HTTP/1.1\r\nhost: local")
    expect(reply).toMatch(/^HTTP\/1\.1 408 /)
    expect(reply).toContain('{"error":{"message":"The request did not arrive in time."')
    await server.close(0)
  })

  test.each([
    ["garbage", "\x16\x03\x01 hello\r\n\r\n"],
    ["a line break inside a header", "GET /health HTTP/1.1\r\nhost: localhost\r\nx-y: a\rset-cookie: b\r\n\r\n"],
    ["two lengths", "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
    ],
    ["no Host", "GET /health HTTP/1.1\r\nconnection: close\r\n\r\n"],
    ["a Host that is none", "GET /health HTTP/1.1\r\nhost: local host\r\nconnection: close\r\n\r\n"],
  ])("%s", async (_, text) => {
    await using server = await startServer()
    const reply = await sendRaw(server.port, text)
    expect(reply).toMatch(/^HTTP\/1\.1 400 /)
    expect(reply).toMatch(/\r\n\r\n\{"error":\{"message":"[^"]+","type":"invalid_request_error"/)
    expect(reply).not.toMatch(/set-cookie/i)
    await expectServing(server)
  })

  test("line breaks in a path do not get into headers", async () => {
    await using server = await startServer()
    const response = await fetch(`${server.url}/v1/models/x%0d%0aset-cookie:%20a=b`)
    await expectRefusal(response, 404, "not_found")
    expect(response.headers.get("set-cookie")).toBeNull()
  })
})

describe("who may ask", () => {
  test("a name that was pointed here (DNS rebinding) is refused, unless it was given", async () => {
    const get = (server: TestServer, host: string) =>
      sendRaw(server.port, `GET /v1/models HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)
    await using server = await startServer({ allowedHosts: ["models.example"] })
    for (const host of ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example"]) {
      expect(await get(server, host)).toMatch(/^HTTP\/1\.1 403 .*"host_not_allowed"/s)
    }
    for (const host of ["localhost", `127.0.0.1:${server.port}`, "[::1]:80", "192.168.7.7", "Models.Example:443"]) {
      expect(await get(server, host)).toMatch(/^HTTP\/1\.1 200 /)
    }
  })

  test("pages of other origins may not, and get no CORS headers", async () => {
    await using server = await startServer()
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1"]) {
      const response = await server.ask({}, { origin })
      await expectRefusal(response, 403, "origin_not_allowed")
      expect(response.headers.get("access-control-allow-origin")).toBeNull()
    }
    const preflight = await fetch(`${server.url}/v1/chat/completions`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    })
    expect(preflight.status).toBe(403)
    expect(server.engine.asked).toEqual([])
    expect((await server.ask({}, { origin: server.url })).status).toBe(200)
  })

  test("an origin that was allowed may", async () => {
    await using server = await startServer({ allowedOrigins: ["https://page.example"] })
    const headers = { origin: "https://page.example", "access-control-request-method": "POST" }
    const preflight = await fetch(`${server.url}/v1/chat/completions`, { method: "OPTIONS", headers })
    expect(preflight.headers.get("access-control-allow-origin")).toBe("https://page.example")
    const response = await server.ask({}, { origin: "https://page.example" })
    expect(response.headers.get("access-control-allow-origin")).toBe("https://page.example")
    await expectRefusal(await server.ask({}, { origin: "https://evil.example" }), 403, "origin_not_allowed")
  })

  test("without a right API key nobody, and health is for all", async () => {
    await using server = await startServer({ apiKeys: ["first key", "sécond"] })
    for (const authorization of ["", "Bearer", "Bearer first", "Bearer first keys", "Basic first key", "first key"]) {
      await expectRefusal(await server.ask({}, { authorization }), 401, "invalid_api_key")
    }
    await expectRefusal(await fetch(`${server.url}/metrics`), 401, "invalid_api_key")
    expect(server.engine.asked).toEqual([])
    expect((await server.ask({}, { authorization: "Bearer first key" })).status).toBe(200)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })
})

describe("what goes wrong while answering", () => {
  const secret = new LlavaError("The weights in /home/someone are damaged.", { code: "other" })

  test("is the server's own fault, of which the client learns no more", async () => {
    await using server = await startServer({}, { failure: { after: 0, error: secret } })
    const message = await expectRefusal(await server.ask(), 500, "internal_error")
    expect(message).not.toContain("someone")
    expect(server.faults).toEqual([secret])
  })

  test("in the middle of a stream ends it with an error", async () => {
    await using server = await startServer({}, { failure: { after: 2, error: secret } })
    const response = await server.ask({ stream: true })
    expect(response.status).toBe(200)
    const events = (await response.text()).trimEnd().split("\n\n")
    expect(JSON.parse(events.at(-1)!.replace("data: ", ""))).toMatchObject({ error: { code: "internal_error" } })
    expect(server.faults).toEqual([secret])
  })

  test("is a GPU that went away: the client may come back", async () => {
    const lost = new LlavaError("The GPU device was lost.", { code: "device-lost" })
    await using server = await startServer({}, { failure: { after: 0, error: lost } })
    const response = await server.ask()
    await expectRefusal(response, 503, "model_lost")
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0)
    expect(server.faults).toEqual([lost])
  })

  test("is a model that is away, until it is there again", async () => {
    const model: ServedModel = { id: "m", engine: new ScriptedEngine() }
    await using server = await startServer({ models: [model] })
    model.away = { reason: "It is being opened again.", retryAfterSeconds: 7 }
    const soon = await server.ask()
    expect(await expectRefusal(soon, 503, "model_away")).toBe(model.away.reason)
    expect(soon.headers.get("retry-after")).toBe("7")
    model.away = { reason: "It is gone." }
    expect((await server.ask()).headers.get("retry-after")).toBe(null)
    delete model.away
    await expectServing(server)
    expect(server.faults).toEqual([])
  })

  test("takes too long", async () => {
    await using server = await startServer({ limits: { seconds: 0.2 } }, { tokenMs: 1000 })
    await expectRefusal(await server.ask(), 504, "timeout")
    await until(() => server.engine.running === 0)
    expect(server.engine).toMatchObject({ running: 0, aborted: 1 })
  })
})
