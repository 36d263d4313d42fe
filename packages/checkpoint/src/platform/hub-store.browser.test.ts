import { createHash } from "node:crypto"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { HubServer } from "#testing"
import { downloadFromHub } from "../hub/download-from-hub.ts"
import { findInHubCache } from "../hub/find-in-hub-cache.ts"

vi.mock("#platform/hub-store", () => import("./hub-store.browser.ts"))
vi.mock("#platform/redirect-mode", () => import("./redirect-mode.browser.ts"))

const repo = "acme/tiny-llava"
const weights = new Uint8Array(20_000_000).map((_, index) => index * 31)
const config = new TextEncoder().encode("{}")
const files = { "config.json": { content: config }, "a b/model.bin": { content: weights, lfs: true } }

/** Cache Storage as its specification describes it, as far as the store uses it. */
class MemoryCache {
  readonly entries = new Map<string, { body: ArrayBuffer; headers: Headers }>()
  failure: Error | undefined

  async match(key: string): Promise<Response | undefined> {
    const found = this.entries.get(new URL(key).href)
    return found && new Response(found.body.slice(0), { headers: found.headers })
  }
  async put(key: string, response: Response): Promise<void> {
    if (this.failure) throw this.failure
    this.entries.set(new URL(key).href, { body: await response.arrayBuffer(), headers: response.headers })
  }
  async keys(): Promise<{ url: string }[]> {
    return [...this.entries.keys()].map((url) => ({ url }))
  }
}

let server: HubServer
let cache: MemoryCache
const opened: string[] = []
beforeEach(async () => {
  server = await HubServer.start(repo, files)
  cache = new MemoryCache()
  vi.stubGlobal("caches", {
    open: async (name: string) => {
      opened.push(name)
      return cache
    },
  })
})
afterEach(async () => {
  vi.unstubAllGlobals()
  await server[Symbol.asyncDispose]()
})

const download = (options: { offline?: boolean } = {}) =>
  downloadFromHub({
    repo,
    cacheDir: "models",
    endpoint: server.endpoint,
    retryDelay: 5,
    stallTimeout: 2_000,
    ...options,
  })

describe("the Cache Storage of a browser", () => {
  it("holds the files of a snapshot and finds them again", async () => {
    const snapshot = await download()
    expect(snapshot).toMatch(/^https:\/\/hub-cache\.invalid\/models--acme--tiny-llava\/snapshots\/[0-9a-f]{40}$/)
    const key = await findInHubCache({ repo, cacheDir: "models", file: "a b/model.bin" })
    expect(key).toBe(`${snapshot}/a%20b/model.bin`)
    const body = await (await cache.match(key!))?.arrayBuffer()
    const digest = createHash("sha256").update(new Uint8Array(body!)).digest("hex")
    expect(digest).toBe(createHash("sha256").update(weights).digest("hex"))
    expect(opened).toContain("models")
    server.requests.length = 0
    expect(await download()).toBe(snapshot)
    expect(await download({ offline: true })).toBe(snapshot)
    expect(server.requests).toHaveLength(1)
  })

  it("goes on after a broken connection and refuses damaged content", async () => {
    server.fault("model.bin", { kind: "break", after: 5_000_000 })
    await download()
    expect(server.downloads("model.bin").at(-1)?.headers.range).toMatch(/^bytes=\d+-$/)
    cache.entries.clear()
    server.fault("model.bin", { kind: "corrupt" }, { kind: "corrupt" })
    server.fault("config.json", { kind: "corrupt" })
    await expect(download()).rejects.toMatchObject({ code: "hub-file-corrupt" })
    expect([...cache.entries.keys()].some((key) => key.endsWith("model.bin"))).toBe(false)
  })

  it("copies unchanged content for a new commit", async () => {
    await download()
    server.publish("main", { ...files, "config.json": { content: new TextEncoder().encode("[]") } })
    server.requests.length = 0
    await download()
    expect(server.downloads("model.bin")).toEqual([])
  })

  it("reports a full quota", async () => {
    cache.failure = new DOMException("too much", "QuotaExceededError")
    await expect(download()).rejects.toMatchObject({ code: "disk-full" })
  })
})
