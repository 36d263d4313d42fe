import { Hono } from "hono"
import { expect, test } from "vitest"
import { growingServer } from "./growing-server.ts"

test("what is under way ends on the old server, what comes later is answered by the new one", async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
  const old = new Hono().get("/", async (c) => {
    arrive()
    await gate
    return c.text("old")
  })
  const server = growingServer(old)
  const early = server.app.request("/")
  await arrived
  server.exchange(new Hono().get("/", (c) => c.text("new")))
  expect(await (await server.app.request("/")).text()).toBe("new")
  open()
  expect(await (await early).text()).toBe("old")
})
