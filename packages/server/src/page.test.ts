import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createServer } from "./create-server.ts"
import { expectRefusal } from "./testing/expect-refusal.ts"
import { sendRaw } from "./testing/send-raw.ts"
import { startServer } from "./testing/start-server.ts"

let folder = ""
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "llava-page-"))
  await mkdir(join(folder, "page/scripts"), { recursive: true })
  await writeFile(join(folder, "page/index.html"), "<!doctype html><title>x</title>")
  await writeFile(join(folder, "page/scripts/page one.js"), "export {}")
  await writeFile(join(folder, "page/.hidden"), "secret")
  await writeFile(join(folder, "outside.txt"), "secret")
  await symlink(join(folder, "outside.txt"), join(folder, "page/link.txt"))
})
afterAll(() => rm(folder, { recursive: true }))

test("files by their names, under a strict policy, and not again when they are known", async () => {
  await using server = await startServer({ page: join(folder, "page"), apiKeys: ["k"] })
  const index = await fetch(`${server.url}/`)
  expect(await index.text()).toContain("<title>")
  expect(index.headers.get("content-type")).toBe("text/html; charset=utf-8")
  const policy = index.headers.get("content-security-policy")
  expect(policy).toMatch(/^default-src 'none'; script-src 'self';/)
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
  expect(index.headers.get("x-content-type-options")).toBe("nosniff")
  expect(index.headers.get("x-frame-options")).toBe("DENY")
  const script = await fetch(`${server.url}/scripts/page%20one.js`)
  expect(await script.text()).toBe("export {}")
  expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8")
  const etag = script.headers.get("etag")!
  const again = await fetch(`${server.url}/scripts/page%20one.js`, { headers: { "if-none-match": etag } })
  expect(again.status).toBe(304)
})

test.each([
  ...["/../outside.txt", "/scripts/../../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/..\\outside.txt"],
  ...["/..%5coutside.txt", "/%252e%252e/outside.txt", "//outside.txt", "/./../outside.txt", "/scripts", "/scripts/"],
  ...["/.hidden", "/link.txt", "/index.html%00.js", "/%ff", "/index.html/", "/INDEX.HTML/../../outside.txt"],
])("%s leads nowhere", async (path) => {
  await using server = await startServer({ page: join(folder, "page") })
  const reply = await sendRaw(server.port, `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
  expect(reply).toMatch(/^HTTP\/1\.1 (400|404) /)
  expect(reply).not.toContain("secret")
})

test("the folder answers reading only, and has to have a page", async () => {
  await using server = await startServer({ page: join(folder, "page") })
  await expectRefusal(await server.post("/", {}), 404, "not_found")
  expect(() => createServer({ models: [], page: join(folder, "page/scripts") })).toThrow(/index\.html/)
  expect(() => createServer({ models: [], page: join(folder, "nothing") })).toThrow(/nothing/)
})
