import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { LivePage } from "./live-page.ts"

let output = ""
beforeEach(async () => {
  output = await mkdtemp(join(tmpdir(), "page-"))
  const image = join(output, "a b.png")
  await writeFile(image, "pixels")
  await writeFile(join(output, "secret.txt"), "secret")
  await writeFile(join(output, "recipe.json"), JSON.stringify({ recipe: { name: "mine" }, data: "x" }))
  const answer = { id: 1, images: [image], question: "What?", expected: "It.", answer: "That." }
  await writeFile(join(output, "answers.jsonl"), `${JSON.stringify({ step: 1, answers: [answer] })}\n`)
})
afterEach(() => rm(output, { recursive: true }))

const metrics = (step: number) =>
  `${JSON.stringify({ step, loss: 1 / step, lr: 1, gradNorm: 1, tokens: 1, learnedTokens: 1, tokensPerSecond: 1, gpuBytes: 1 })}\n`

test("shows the run and its pictures, and no other file", async () => {
  await using page = await LivePage.open(output, 0)
  const text = await (await fetch(page.address)).text()
  expect(text).toContain("<h1>mine</h1>")
  expect(text).toContain("No step is done yet.")
  const picture = /<img src="([^"]+)"/.exec(text)![1]!
  const image = await fetch(new URL(picture, page.address))
  expect([image.headers.get("content-type"), await image.text()]).toEqual(["image/png", "pixels"])
  const other = new URL(`/image?path=${encodeURIComponent(join(output, "secret.txt"))}`, page.address)
  expect((await fetch(other)).status).toBe(404)
  expect((await fetch(new URL("/recipe.json", page.address))).status).toBe(404)
})

test("sends watchers what is new, at the latest when it closes", async () => {
  const page = await LivePage.open(output, 0)
  const events = await fetch(new URL("/events", page.address))
  expect(events.headers.get("content-type")).toBe("text/event-stream")
  await writeFile(join(output, "metrics.jsonl"), metrics(1) + metrics(2))
  page.changed()
  await page[Symbol.asyncDispose]()
  const sent = (await events.text()).trim().split("\n\n")
  expect(sent).toHaveLength(1)
  const body: unknown = JSON.parse(sent[0]!.replace(/^data: /, ""))
  expect(body).toContain("<svg")
  expect(body).toContain("<dd>0.5000</dd>")
})

test("says that a port is taken", async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  await expect(LivePage.open(output, port)).rejects.toMatchObject({
    code: "port",
    message: expect.stringContaining(`${port}`),
  })
  await new Promise((resolve) => server.close(resolve))
})
