import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { decodeImage } from "@llava/core"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { repository } from "../architecture/workspace.ts"
import { bundleForBrowser } from "./bundle-for-browser.ts"
import { findChromium } from "./find-chromium.ts"
import type {} from "./library-page.ts"
import { needsChromium } from "./needs-chromium.ts"
import { openChromium } from "./open-chromium.ts"
import { StaticServer } from "./static-server.ts"

const images = fixturePath("image-processor-formats/images")

let site = ""
let server: StaticServer
let browser: Browser
let page: Page

beforeEach(needsChromium)
beforeAll(async () => {
  if (findChromium() === undefined) return
  site = await mkdtemp(join(tmpdir(), "llava-library-"))
  await bundleForBrowser({ library: join(repository, "tests/browser/library-page.ts") }, site)
  await writeFile(join(site, "index.html"), '<!doctype html><script type="module" src="/library.js"></script>')
  await cp(fixturePath("llava-hf/model-hub-layout"), join(site, "sharded"), { recursive: true })
  await cp(fixturePath("llama-mha/model"), join(site, "changing"), { recursive: true })
  await mkdir(join(site, "empty"))
  await cp(fixturePath("gguf-language-model/model.gguf"), join(site, "model.gguf"))
  server = await StaticServer.start({ folders: { "/": site, "/images/": images } })
  browser = await openChromium()
})
// A visitor with an empty cache.
beforeEach(async () => {
  if (!browser) return
  page = await browser.newPage()
  await page.goto(server.origin)
  await page.waitForFunction(() => "llava" in globalThis)
  server.requests.length = 0
})
afterAll(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
  if (site) await rm(site, { recursive: true })
})

const downloads = () => server.requests.filter(({ method }) => method === "GET").map(({ path }) => path)

/** The code and message of what opening the address fails with. */
const failureOf = (address: string) =>
  page.evaluate(async (folder) => {
    const error = await llava.openModel(folder).then(
      () => undefined,
      (reason: { code?: string; message: string }) => reason,
    )
    return error && { code: error.code, message: error.message }
  }, address)

describe("pictures", () => {
  test("are decoded to the pixels of Node, whatever their format", async () => {
    const names = (await readdir(images)).filter((name) => !name.endsWith(".tif")).sort()
    for (const name of names) {
      const expected = await decodeImage(join(images, name))
      const actual = await page.evaluate(async (address) => {
        const { width, height, data } = await llava.decodeImage(address)
        return { width, height, data: Array.from(data) }
      }, `${server.origin}/images/${name}`)
      expect({ name, width: actual.width, height: actual.height }).toEqual({
        name,
        width: expected.width,
        height: expected.height,
      })
      const furthest = actual.data.reduce((most, value, i) => Math.max(most, Math.abs(value - expected.data[i]!)), 0)
      // Chromium and libvips round the product of two inks differently.
      expect({ name, furthest }).toEqual({ name, furthest: name === "cmyk.jpg" ? expect.toSatisfy(isAtMostOne) : 0 })
    }
  })

  test("in TIFF are an error that names it", async () => {
    const code = await page.evaluate(
      (address) => llava.decodeImage(address).catch(({ code }: { code: string }) => code),
      `${server.origin}/images/rgb.tif`,
    )
    expect(code).toBe("image-unsupported")
  })
})

const isAtMostOne = (value: number) => value <= 1

describe("a folder behind an address", () => {
  test("of shards is read whole; its files are what a static server was found to have", async () => {
    const found = await page.evaluate(async (address) => {
      const folder = await llava.openModelFolder(address)
      // What `using` is compiled to would not be found in the page.
      const weights = await folder.openWeights()
      const tensors = weights.tensors.size
      await weights[Symbol.asyncDispose]()
      return { name: folder.name, files: folder.files, tensors }
    }, `${server.origin}/sharded`)
    const index = JSON.parse(await readFile(join(site, "sharded/model.safetensors.index.json"), "utf8"))
    expect(found).toEqual({
      name: `${server.origin}/sharded`,
      files: ["config.json", "model.safetensors.index.json"],
      tensors: Object.keys(index.weight_map).length,
    })
  })

  test("is downloaded once, and what has changed on the server again", async () => {
    const open = () => failureOf(`${server.origin}/changing`)
    // The folder has no tokenizer: everything but that is read.
    expect(await open()).toMatchObject({ code: "no-tokenizer" })
    expect(downloads().sort()).toEqual(["/changing/config.json", "/changing/model.safetensors"])
    await open()
    expect(downloads()).toHaveLength(2)
    await utimes(join(site, "changing/config.json"), new Date(), new Date("2030-01-01"))
    await open()
    expect(downloads().slice(2)).toEqual(["/changing/config.json"])
  })

  test("offline comes from the cache alone, and what is not there is missing", async () => {
    const offline = (address: string) =>
      page.evaluate(
        (folder) => llava.openModel(folder, { offline: true }).catch(({ code }: { code: string }) => code),
        address,
      )
    expect(await offline(`${server.origin}/changing`)).toBe("folder-missing")
    await failureOf(`${server.origin}/changing`)
    server.requests.length = 0
    expect(await offline(`${server.origin}/changing`)).toBe("no-tokenizer")
    expect(server.requests).toEqual([])
  })

  test("that is not there, or whose server answers everything with its page, is named", async () => {
    expect(await failureOf(`${server.origin}/empty`)).toMatchObject({ code: "folder-missing" })
    await using everything = await StaticServer.start({ folders: { "/": site }, fallback: join(site, "index.html") })
    await page.goto(everything.origin)
    await page.waitForFunction(() => "llava" in globalThis)
    const failure = await failureOf(`${everything.origin}/nothing`)
    expect(failure).toMatchObject({ code: "folder-missing", message: expect.stringContaining("/nothing/") })
  })

  test("whose server is gone says that it could not be reached", async () => {
    const gone = await StaticServer.start({ folders: {} })
    const address = `${gone.origin}/model`
    await gone[Symbol.asyncDispose]()
    expect(await failureOf(address)).toMatchObject({ code: "http-failed" })
  })
})

test("a GGUF file behind an address answers with the tokens of transformers, and is kept", async () => {
  const { chat } = JSON.parse(await readFile(fixturePath("gguf-language-model/golden.json"), "utf8"))
  const [{ question, greedy_ids }] = chat as [{ question: string; greedy_ids: number[] }]
  const answer = () =>
    page.evaluate(
      async ({ address, content, maxNewTokens }) => {
        const model = await llava.openModel(address, { dtype: "f32" })
        const messages = [{ role: "user", content } as const]
        const { tokenIds } = await model.generate({ messages, maxNewTokens, ignoreEndOfSequence: true }).result
        await model[Symbol.asyncDispose]()
        return tokenIds
      },
      { address: `${server.origin}/model.gguf`, content: question, maxNewTokens: greedy_ids.length },
    )
  expect(await answer()).toEqual(greedy_ids)
  expect(downloads()).toEqual(["/model.gguf"])
  expect(await answer()).toEqual(greedy_ids)
  expect(downloads()).toEqual(["/model.gguf"])
})
