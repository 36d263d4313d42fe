import { cp, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openModel } from "@llava/hub"
import type { Browser, BrowserContext } from "playwright-core"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { fixturePath, testDevice } from "#testing"
import { repository } from "../architecture/workspace.ts"
import { originalLlava } from "../e2e/original-llava.ts"
import { bundleForBrowser } from "./bundle-for-browser.ts"
import { ExamplePage } from "./example-page.ts"
import { findChromium } from "./find-chromium.ts"
import { needsChromium } from "./needs-chromium.ts"
import { openChromium } from "./open-chromium.ts"
import { StaticServer } from "./static-server.ts"

const expected = originalLlava.answers.find(
  ({ template, image }) => template === "v1" && image === "drawn-333x217.png",
)!
const picture = fixturePath("image-processor/images", expected.image)
const question = { image: picture, question: expected.question, maxNewTokens: expected.new_ids.length }

const nano = join(repository, "packages/nano")

let site = ""
let server: StaticServer
let browser: Browser
let visitor: BrowserContext

beforeEach(needsChromium)
beforeAll(async () => {
  if (findChromium() === undefined) return
  const example = join(repository, "examples/browser")
  site = await mkdtemp(join(tmpdir(), "llava-site-"))
  await cp(join(example, "site"), site, { recursive: true })
  await bundleForBrowser({ page: join(example, "page.ts"), worker: join(example, "worker.ts") }, site)
  const folders = {
    "/": site,
    "/model/": join(nano, "model"),
    "/models/": fixturePath("llava-original-mlp"),
  }
  server = await StaticServer.start({ folders })
  browser = await openChromium()
  visitor = await browser.newContext()
})
afterAll(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
  if (site) await rm(site, { recursive: true })
})

const downloads = () => server.requests.filter(({ method }) => method === "GET").map(({ path }) => path)

test("a page answers about a picture with the tokens of Node and of the original LLaVA", async () => {
  const page = new ExamplePage(await visitor.newPage())
  expect(await page.visit(`${server.origin}/?model=models/model&template=v1`)).toMatch(/^Ready, on .*swiftshader/)
  await page.ask(question)
  const { status, text, tokenIds } = await page.answer()
  expect(tokenIds).toEqual(expected.new_ids)
  expect(text).toBe(expected.text)
  expect(status).toMatch(/^20 tokens, [\d.]+ per second$/)

  await using model = await openModel(originalLlava.folder, { template: "v1", device: await testDevice() })
  const content = [{ type: "image", image: picture } as const, { type: "text", text: expected.question } as const]
  const { result } = model.generate({ messages: [{ role: "user", content }], maxNewTokens: question.maxNewTokens })
  expect((await result).tokenIds).toEqual(tokenIds)
})

test("the next visit downloads nothing of the model, a reload in mid-answer does no harm, and Stop stops", async () => {
  server.requests.length = 0
  const page = new ExamplePage(await visitor.newPage())
  const address = `${server.origin}/?model=models/model&template=v1`
  await page.visit(address)
  await page.ask({ ...question, maxNewTokens: 400 })
  await page.answerBegins()
  await page.visit(address)
  expect(downloads().filter((path) => path.startsWith("/models/"))).toEqual([])

  await page.ask({ ...question, maxNewTokens: 400 })
  await page.answerBegins()
  await page.page.locator("#stop").click()
  expect(await page.answer()).toMatchObject({ status: "Stopped", tokenIds: [] })
  await page.ask(question)
  expect(await page.answer()).toMatchObject({ tokenIds: expected.new_ids })
})

test("nano, the page's own model, answers about its scenes with the tokens of Node", async () => {
  const page = new ExamplePage(await visitor.newPage())
  expect(await page.visit(server.origin)).toMatch(/^Ready/)
  await using model = await openModel(join(nano, "model"), { device: await testDevice() })
  for (const scene of ["scene-1.png", "scene-2.png"]) {
    const image = join(nano, "scenes", scene)
    const text = "What is in this picture?"
    await page.ask({ image, question: text, maxNewTokens: 24 })
    const content = [{ type: "image", image } as const, { type: "text", text } as const]
    const expected = await model.generate({ messages: [{ role: "user", content }], maxNewTokens: 24 }).result
    expect(await page.answer()).toEqual({
      status: expect.stringContaining("per second"),
      text: expected.text,
      tokenIds: expected.tokenIds,
    })
  }
})

test("a wrong address and a picture that is none are explained", async () => {
  const page = new ExamplePage(await visitor.newPage())
  expect(await page.visit(`${server.origin}/?model=models/modle`)).toMatch(
    /There is no model at http.*\/models\/modle\/: .* Check the address/,
  )
  await page.visit(`${server.origin}/?model=models/model&template=v1`)
  await page.ask({ ...question, image: join(repository, "README.md") })
  expect((await page.answer()).status).toMatch(/^That did not work: README\.md is /)
})
