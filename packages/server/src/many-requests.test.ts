import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { describe, expect, test } from "vitest"
import { expectRefusal } from "./testing/expect-refusal.ts"
import { expectServing } from "./testing/expect-serving.ts"
import { question, startServer, type TestServer } from "./testing/start-server.ts"
import { until } from "./testing/until.ts"
import { untilQueued } from "./testing/until-queued.ts"

describe("many", () => {
  const post = (server: TestServer, change: object, signal: AbortSignal) =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...question, ...change }),
      signal,
    })

  test("a client that leaves in mid-stream stops the model, and the next has its turn", async () => {
    await using server = await startServer({}, { text: "x".repeat(100_000), tokenMs: 1 })
    const left = new AbortController()
    const response = await post(server, { stream: true }, left.signal)
    await response.body!.getReader().read()
    left.abort()
    const next = await server.ask({ max_tokens: 1 })
    expect(next.status).toBe(200)
    expect(server.engine).toMatchObject({ running: 0, aborted: 1 })
    expect(server.faults).toEqual([])
  })

  test("a client that leaves before the first token, too", async () => {
    await using server = await startServer({}, { hold: new Promise(() => undefined) })
    for (const change of [{}, { stream: true }, { n: 3 }]) {
      const left = new AbortController()
      const asked = post(server, change, left.signal).catch(() => undefined)
      await until(() => server.engine.running === 1)
      left.abort()
      await asked
      await until(() => server.engine.running === 0)
    }
    expect(server.engine).toMatchObject({ mostRunning: 1, aborted: 3 })
    expect(server.faults).toEqual([])
  })

  test("clients that leave before their turn are forgotten", async () => {
    const { promise: hold, resolve: go } = Promise.withResolvers<void>()
    await using server = await startServer({ limits: { queued: 2 } }, { hold })
    const first = server.ask()
    await until(() => server.engine.running === 1)
    const left = new AbortController()
    const waiting = [1, 2].map(() => post(server, {}, left.signal).catch(() => undefined))
    await untilQueued(server, 2)
    await expectRefusal(await server.ask(), 429, "rate_limit_exceeded")
    left.abort()
    await Promise.all(waiting)
    await untilQueued(server, 0)
    go()
    expect((await first).status).toBe(200)
    expect((await server.ask()).status).toBe(200)
    expect(server.engine.asked).toHaveLength(2)
  })

  test("past the queue's bound: 429 and when to come again", async () => {
    const { promise: hold, resolve: go } = Promise.withResolvers<void>()
    await using server = await startServer({ limits: { queued: 3 } }, { hold })
    const replies: Response[] = []
    const asked = Array.from({ length: 10 }, async () => replies.push(await server.ask({ max_tokens: 2 })))
    await until(() => replies.length === 6)
    for (const reply of [...replies]) {
      expect(Number(reply.headers.get("retry-after"))).toBeGreaterThanOrEqual(1)
      await expectRefusal(reply, 429, "rate_limit_exceeded")
    }
    go()
    await Promise.all(asked)
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(4)
    expect(server.engine.mostRunning).toBe(1)
    await expectServing(server)
  })

  test("clients take turns: who asked for much waits longer", async () => {
    const { promise: hold, resolve: go } = Promise.withResolvers<void>()
    await using server = await startServer({ apiKeys: ["a", "b"] }, { hold })
    const replies: Promise<Response>[] = []
    for (const [queued, name] of ["a1", "a2", "a3", "a4", "b1"].entries()) {
      const messages = [{ role: "user", content: name }]
      replies.push(server.ask({ messages }, { authorization: `Bearer ${name[0]}` }))
      await untilQueued(server, queued)
    }
    go()
    await Promise.all(replies)
    const order = server.engine.asked.map(({ messages: [message] }) => message?.content)
    expect(order).toEqual(["a1", "a2", "b1", "a3", "a4"].map((text) => [{ type: "text", text }]))
  })

  test("1,000 connections that say nothing", async () => {
    await using server = await startServer()
    const sockets = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const socket = connect(server.port, "127.0.0.1")
        await once(socket, "connect")
        return socket.on("error", () => undefined)
      }),
    )
    for (const socket of sockets.slice(0, 500)) socket.write("GET /health HT")
    await expectServing(server)
    for (const socket of sockets as Socket[]) socket.destroy()
  })

  test("a server that stops finishes what it began, and takes nothing new", async () => {
    const { promise: hold, resolve: go } = Promise.withResolvers<void>()
    const stopping = new AbortController()
    await using server = await startServer({ stopping: stopping.signal }, { hold })
    const underWay = server.ask()
    await until(() => server.engine.running === 1)
    stopping.abort()
    await expectRefusal(await server.ask(), 503, "stopping")
    expect((await fetch(`${server.url}/health`)).status).toBe(503)
    const closed = server.listening.close(30)
    go()
    expect(await (await underWay).text()).toContain("A cup.")
    await closed
    await expect(fetch(`${server.url}/health`)).rejects.toThrow()
  })
})
