import { execFile } from "node:child_process"
import { rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { originalLlava } from "../e2e/original-llava.ts"
import { installExample, packPackages } from "../e2e/own-parts/packed-example.ts"
import { ExamplePage } from "./example-page.ts"
import { needsChromium } from "./needs-chromium.ts"
import { openChromium } from "./open-chromium.ts"
import { StaticServer } from "./static-server.ts"

const run = promisify(execFile)
const expected = originalLlava.answers.find(
  ({ template, image }) => template === "v1" && image === "drawn-333x217.png",
)!

let tarballs: string[] = []
let folder = ""
beforeAll(async () => {
  const packages = ["core", "tensor", "checkpoint", "model", "clip", "llama", "projector", "nano", "hub"]
  tarballs = await packPackages("hub", packages)
  folder = await installExample("browser", tarballs)
}, 400_000)
afterAll(() => Promise.all([dirname(tarballs[0]!), folder].map((path) => rm(path, { recursive: true }))))
beforeEach(needsChromium)

test("the example, built by npm from packed packages, type-checks and answers with the original LLaVA's tokens", async () => {
  await run("npm", ["run", "typecheck"], { cwd: folder })
  await run("npm", ["run", "build"], { cwd: folder })
  await run("npm", ["run", "nano"], { cwd: folder })
  const folders = { "/": join(folder, "site"), "/models/": fixturePath("llava-original-mlp") }
  await using server = await StaticServer.start({ folders })
  await using browser = await openChromium()
  const page = new ExamplePage(await browser.newPage())
  await page.visit(`${server.origin}/?model=models/model&template=v1`)
  const image = fixturePath("image-processor/images", expected.image)
  await page.ask({ image, question: expected.question, maxNewTokens: expected.new_ids.length })
  expect(await page.answer()).toMatchObject({ text: expected.text, tokenIds: expected.new_ids })

  // Without an address the page opens the copied nano.
  expect(await page.visit(server.origin)).toMatch(/^Ready/)
  await page.ask({ question: "What can you see?", maxNewTokens: 8 })
  const answer = await page.answer()
  expect(answer.tokenIds.length).toBeGreaterThan(0)
  expect(answer.text).toMatch(/[a-z]/i)
})
