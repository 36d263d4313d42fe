import { describe, expect, it } from "vitest"
import type { ScriptedReply } from "../testing/scripted-reply.ts"
import { type ScriptedServerOptions, ScriptedTeacherServer } from "../testing/scripted-teacher-server.ts"
import { TestClock } from "../testing/test-clock.ts"
import { OpenAiTeacher, type OpenAiTeacherOptions } from "./openai-teacher.ts"
import type { TeacherSettings } from "./teacher-settings.ts"

const messages = [
  { role: "system", content: "You see an image." },
  { role: "user", content: "A dog on a red sofa." },
] as const

type Options = Partial<TeacherSettings> & Pick<OpenAiTeacherOptions, "spent" | "replyTimeout">

/** A teacher at a scripted endpoint; its pauses take no time and are recorded. */
async function scripted(reply: ScriptedServerOptions["reply"], options: Options & Partial<ScriptedServerOptions> = {}) {
  const { key, models, rate, headers, spent, replyTimeout, ...settings } = options
  const server = await ScriptedTeacherServer.start({
    reply,
    ...(key !== undefined && { key }),
    ...(models && { models }),
    ...(rate && { rate }),
    ...(headers && { headers }),
  })
  const clock = new TestClock()
  const notes: string[] = []
  const teacher = new OpenAiTeacher(
    { teacher: "openai", model: "scripted", baseUrl: server.url, ...settings },
    {
      clock,
      onNote: (line) => notes.push(line),
      ...(spent && { spent }),
      ...(replyTimeout !== undefined && { replyTimeout }),
    },
  )
  return { server, clock, notes, teacher, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

/** The script's replies in turn, then the last one for good. */
function inTurn(...replies: ScriptedReply[]): ScriptedServerOptions["reply"] {
  return (_, attempt) => replies[Math.min(attempt, replies.length) - 1]!
}

describe("OpenAiTeacher", () => {
  it("sends the settings and reads the streamed reply with its usage", async () => {
    const settings = { temperature: 0.3, maxTokens: 77, apiKey: "secret", key: "secret" }
    await using run = await scripted(() => "A dog rests on a sofa.", settings)
    const reply = await run.teacher.ask(messages, { seed: 9 })
    expect(reply).toEqual({
      text: "A dog rests on a sofa.",
      finishReason: "stop",
      usage: { promptTokens: 10, completionTokens: 6 },
    })
    expect(run.server.chats[0]!.chat).toMatchObject({
      model: "scripted",
      messages,
      temperature: 0.3,
      max_tokens: 77,
      seed: 9,
      stream: true,
    })
    expect(run.teacher.spending).toEqual({ requests: 1, promptTokens: 10, completionTokens: 6 })
    expect(run.teacher.identity).toEqual({ teacher: "openai", model: "scripted", temperature: 0.3, maxTokens: 77 })
  })

  it("tells cut and filtered replies", async () => {
    await using run = await scripted((_, attempt) =>
      attempt === 1 ? { text: "A do", finishReason: "length" } : { text: "", finishReason: "content_filter" },
    )
    expect((await run.teacher.ask(messages, { seed: 1 })).finishReason).toBe("length")
    expect((await run.teacher.ask(messages, { seed: 1 })).finishReason).toBe("filter")
  })

  it("understands endpoints that answer in one piece", async () => {
    await using run = await scripted(() => ({ text: "A dog.", whole: true }))
    expect(await run.teacher.ask(messages, { seed: 1 })).toEqual({
      text: "A dog.",
      finishReason: "stop",
      usage: { promptTokens: 10, completionTokens: 2 },
    })
  })

  it("sends no key where there is none", async () => {
    await using run = await scripted(() => "A dog.")
    await run.teacher.ask(messages, { seed: 1 })
    expect(run.server.requests[0]!.headers.authorization).toBeUndefined()
  })

  it("estimates what endpoints do not count", async () => {
    await using run = await scripted(() => ({ text: "A dog.", usage: null }))
    const { usage } = await run.teacher.ask(messages, { seed: 1 })
    expect(usage.promptTokens).toBeGreaterThanOrEqual(10)
    expect(usage.completionTokens).toBeGreaterThanOrEqual(2)
    expect(run.teacher.spending).toEqual({ requests: 1, ...usage })
  })

  it.each<[string, ScriptedReply]>([
    ["408", { fault: "status", status: 408 }],
    ["409", { fault: "status", status: 409 }],
    ["429", { fault: "status", status: 429 }],
    ["500", { fault: "status", status: 500 }],
    ["an HTML page of a gateway", { fault: "html", status: 502 }],
    ["a connection that breaks", { fault: "break", text: "A dog on", after: 4 }],
    ["a stream that ends early", { fault: "unfinished", text: "A dog on" }],
    ["malformed JSON", { fault: "malformed" }],
    ["an error inside the stream", { fault: "error-in-stream", message: "overloaded" }],
  ])("asks again after %s, later each time", async (_, fault) => {
    await using run = await scripted(inTurn(fault, fault, fault, "A dog."))
    expect((await run.teacher.ask(messages, { seed: 1 })).text).toBe("A dog.")
    expect(run.server.chats).toHaveLength(4)
    expect(run.notes).toHaveLength(3)
    // The clock's chance is 0.5: three quarters of 0.5 s, 1 s and 2 s.
    expect(run.clock.sleeps).toEqual([375, 750, 1500])
    expect(run.teacher.spending.requests).toBe(4)
  })

  it("asks again when nothing comes", async () => {
    await using run = await scripted(inTurn({ fault: "hang" }, "A dog."), { replyTimeout: 300 })
    expect((await run.teacher.ask(messages, { seed: 1 })).text).toBe("A dog.")
    expect(run.server.chats).toHaveLength(2)
  })

  it("waits as long as the endpoint wants", async () => {
    const headers = { "retry-after": "7" }
    await using run = await scripted(inTurn({ fault: "status", status: 429, headers }, "A dog."))
    await run.teacher.ask(messages, { seed: 1 })
    expect(run.clock.sleeps).toEqual([7375])
  })

  it("heeds the limits that an error tells, for all its requests", async () => {
    const headers = { "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "20s" }
    await using run = await scripted(inTurn({ fault: "status", status: 429, headers }, "A dog."))
    await run.teacher.ask(messages, { seed: 1 })
    // After its own 0.375 s the request waits for the rest.
    expect(run.clock.sleeps).toEqual([375, 19_625])
  })

  it("stops the run when the endpoint wants a pause of an hour, or stays away", async () => {
    const headers = { "retry-after": "3600" }
    await using busy = await scripted(() => ({ fault: "status", status: 429, headers }))
    await expect(busy.teacher.ask(messages, { seed: 1 })).rejects.toMatchObject({
      code: "teacher-unreachable",
      scope: "run",
      message: expect.stringContaining("pause of 60 minutes"),
    })
    expect(busy.server.chats).toHaveLength(1)

    await using down = await scripted(() => ({ fault: "status", status: 503 }), { maxRetries: 2 })
    await expect(down.teacher.ask(messages, { seed: 1 })).rejects.toMatchObject({
      code: "teacher-unreachable",
      scope: "run",
    })
    expect(down.server.chats).toHaveLength(3)
  })

  it("stops the run when nobody is there", async () => {
    const run = await scripted(() => "", { maxRetries: 1 })
    await run[Symbol.asyncDispose]()
    await expect(run.teacher.ask(messages, { seed: 1 })).rejects.toMatchObject({
      code: "teacher-unreachable",
      scope: "run",
      message: expect.stringContaining("ECONNREFUSED"),
    })
  })

  it("gives up one request alone where others are answered meanwhile", async () => {
    await using run = await scripted(({ seed }) => (seed === 1 ? { fault: "status", status: 500 } : "A dog."), {
      maxRetries: 1,
    })
    const failed = run.teacher.ask(messages, { seed: 1 }).catch((error: unknown) => error)
    run.clock.beforeSleep = async () => void (await run.teacher.ask(messages, { seed: 2 }))
    expect(await failed).toMatchObject({ code: "teacher-unreachable", scope: "request" })
  })

  it.each<[string, Partial<ScriptedServerOptions> & Options, ScriptedReply, string]>([
    ["a wrong key", { key: "right", apiKey: "wrong" }, "", "teacher-unauthorized"],
    ["an unknown model", { models: ["other"] }, "", "model-not-found"],
    ["a page instead of an endpoint", {}, { fault: "html" }, "not-an-endpoint"],
    ["a page that says not found", {}, { fault: "html", status: 404 }, "not-an-endpoint"],
    ["an empty account", {}, { fault: "status", status: 429, code: "insufficient_quota" }, "quota-spent"],
    ["a setting that is not known", {}, { fault: "status", status: 400, code: "unsupported_value" }, "setting-refused"],
  ])("stops the run at once: %s", async (_, options, reply, code) => {
    await using run = await scripted(() => reply, options)
    await expect(run.teacher.ask(messages, { seed: 1 })).rejects.toMatchObject({ code, scope: "run" })
    expect(run.server.chats).toHaveLength(1)
  })

  it.each([400, 413, 422])("goes on after a request is refused with %i", async (status) => {
    await using run = await scripted(({ seed }) => (seed === 1 ? { fault: "status", status } : "A dog."))
    await expect(run.teacher.ask(messages, { seed: 1 })).rejects.toMatchObject({
      code: "request-refused",
      scope: "request",
    })
    expect((await run.teacher.ask(messages, { seed: 2 })).text).toBe("A dog.")
  })

  it("stops the run when all requests are refused from the start", async () => {
    await using run = await scripted(() => ({ fault: "status", status: 422 }))
    const scopes: string[] = []
    for (let seed = 0; seed < 5; seed++) {
      await run.teacher.ask(messages, { seed }).catch((error: { scope: string }) => scopes.push(error.scope))
    }
    expect(scopes).toEqual(["request", "request", "request", "request", "run"])
  })

  it("keeps to its concurrency", async () => {
    await using run = await scripted(() => ({ text: "A dog.", delay: 20 }), { concurrency: 3 })
    await Promise.all(Array.from({ length: 12 }, (_, seed) => run.teacher.ask(messages, { seed })))
    expect(run.server.open.most).toBe(3)
  })

  it("ends with the signal's reason, waiting or under way", async () => {
    await using run = await scripted(() => ({ fault: "hang" }), { concurrency: 1 })
    const controller = new AbortController()
    const asked = [1, 2].map((seed) => run.teacher.ask(messages, { seed, signal: controller.signal }))
    const outcomes = Promise.allSettled(asked)
    await expect.poll(() => run.server.chats.length).toBe(1)
    const reason = new Error("enough")
    controller.abort(reason)
    expect((await outcomes).map((outcome) => outcome.status === "rejected" && outcome.reason)).toEqual([reason, reason])
    expect(run.server.chats).toHaveLength(1)
  })

  it("stays below an endpoint's limit by what its headers say", async () => {
    const rate = { requests: 4, perMilliseconds: 250 }
    const server = await ScriptedTeacherServer.start({ reply: () => "A dog.", rate })
    await using _server = server
    const settings: TeacherSettings = { teacher: "openai", model: "m", baseUrl: server.url, concurrency: 2 }
    const teacher = new OpenAiTeacher(settings)
    const replies = await Promise.all(Array.from({ length: 14 }, (_, seed) => teacher.ask(messages, { seed })))
    expect(replies.every(({ text }) => text === "A dog.")).toBe(true)
    // Without the headers every second request would meet a 429; with two at once a window's last one may.
    expect(server.chats.length - 14).toBeLessThanOrEqual(4)
  })

  it.each([
    ["requests", { requests: 3 }, 3],
    ["tokens", { tokens: 90 }, 3],
    ["dollars", { cost: 90 / 1e6 }, 3],
    ["nothing", { requests: 0 }, 0],
    ["no tokens", { tokens: 0 }, 0],
    ["no money", { cost: 0 }, 0],
  ])("stops when the budget in %s is spent", async (_, budget, answered) => {
    const price = { input: 1, output: 1 }
    await using run = await scripted(() => "A dog rests on a sofa.", { budget, price, maxTokens: 20, concurrency: 1 })
    for (let seed = 0; seed < answered; seed++) await run.teacher.ask(messages, { seed })
    await expect(run.teacher.ask(messages, { seed: 99 })).rejects.toMatchObject({ code: "budget-spent", scope: "run" })
    expect(run.server.chats).toHaveLength(answered)
  })

  it.each([{ requests: 10 }, { tokens: 300 }, { cost: 300 / 1e6 }])(
    "never spends more than its budget, many at once: %j",
    async (budget) => {
      const price = { input: 1, output: 1 }
      const reply = { text: "A dog.", usage: { promptTokens: 25, completionTokens: 20 }, delay: 5 }
      await using run = await scripted(() => reply, { budget, price, maxTokens: 20 })
      const asked = Array.from({ length: 40 }, (_, seed) => run.teacher.ask(messages, { seed }))
      const outcomes = await Promise.allSettled(asked)
      const { requests, promptTokens, completionTokens, cost } = run.teacher.spending
      expect(requests).toBe(outcomes.filter(({ status }) => status === "fulfilled").length)
      expect(requests).toBe(run.server.chats.length)
      expect(requests).toBe("requests" in budget ? 10 : 6)
      expect(promptTokens + completionTokens).toBe(45 * requests)
      expect(cost).toBeCloseTo((45 * requests) / 1e6, 12)
    },
  )

  it("counts towards the budget what was used before", async () => {
    const spent = { requests: 4, promptTokens: 0, completionTokens: 0 }
    await using run = await scripted(() => "A dog.", { budget: { requests: 5 }, spent })
    await run.teacher.ask(messages, { seed: 1 })
    await expect(run.teacher.ask(messages, { seed: 2 })).rejects.toMatchObject({ code: "budget-spent" })
    expect(run.teacher.spending.requests).toBe(1)
  })

  it("refuses settings that cannot work", () => {
    const settings: TeacherSettings = { teacher: "openai", model: "some-model", baseUrl: "http://localhost:1/v1" }
    const open = (changes: Partial<TeacherSettings>) => () => new OpenAiTeacher({ ...settings, ...changes })
    expect(open({ baseUrl: "https://api.openai.com/v1" })).toThrow(/OPENAI_API_KEY/)
    expect(open({ baseUrl: "localhost" })).toThrow(/no http address/)
    expect(open({ budget: { cost: 5 } })).toThrow(/price of 'some-model' is not known/)
  })
})
