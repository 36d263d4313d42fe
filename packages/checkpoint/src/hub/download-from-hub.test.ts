import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, truncate, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { HubServer, type HubServerFile } from "#testing"
import { type DownloadFromHubOptions, downloadFromHub, type HubProgress } from "./download-from-hub.ts"
import { findInHubCache } from "./find-in-hub-cache.ts"
import { HubError } from "./hub-error.ts"

const repo = "acme/tiny-llava"

function bytes(length: number, seed: number): Uint8Array {
  const content = new Uint8Array(length)
  for (let i = 0; i < length; i++) content[i] = (seed + i * 7 + (i >> 8) * 13) & 0xff
  return content
}

const weights = bytes(300_000, 5)
const files: Record<string, HubServerFile> = {
  "config.json": { content: new TextEncoder().encode('{"model_type":"llava"}') },
  "model.safetensors": { content: weights, lfs: true },
  "sub folder/notes#1.txt": { content: bytes(1000, 1) },
  empty: { content: new Uint8Array() },
}
const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex")

let server: HubServer
let cacheDir: string
beforeEach(async () => {
  server = await HubServer.start(repo, files)
  cacheDir = await mkdtemp(join(tmpdir(), "llava-hub-"))
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await rm(cacheDir, { recursive: true, force: true })
})

const download = (options: Partial<DownloadFromHubOptions> = {}) =>
  downloadFromHub({ repo, cacheDir, endpoint: server.endpoint, retryDelay: 5, stallTimeout: 2_000, ...options })

async function failure(options: Partial<DownloadFromHubOptions> = {}): Promise<HubError> {
  const error: unknown = await download(options).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof HubError)) throw new Error("expected a HubError", { cause: error })
  return error
}

const repoFolder = () => join(cacheDir, "models--acme--tiny-llava")
const partialPath = (content = weights) => join(repoFolder(), "blobs", `${sha256(content)}.incomplete`)

/** Every path below the snapshots that is a readable file. */
async function visible(): Promise<string[]> {
  const found = await readdir(join(repoFolder(), "snapshots"), { recursive: true }).catch(() => [])
  const stats = await Promise.all(
    found.map((name) => stat(join(repoFolder(), "snapshots", name)).catch(() => undefined)),
  )
  return found.filter((_, index) => stats[index]?.isFile())
}

describe("a whole repository", () => {
  it("arrives in the layout of the Python client", async () => {
    const folder = await download()
    const commit = await readFile(join(repoFolder(), "refs", "main"), "utf8")
    expect(folder).toBe(join(repoFolder(), "snapshots", commit))
    for (const [path, { content }] of Object.entries(files))
      expect(new Uint8Array(await readFile(join(folder, path)))).toEqual(content)
    expect(await readlink(join(folder, "model.safetensors"))).toBe(join("../../blobs", sha256(weights)))
    const config = await readlink(join(folder, "config.json"))
    expect(config).toBe("../../blobs/665addbf86f1be3347fae58f736406941f662881")
    expect((await lstat(join(folder, "sub folder/notes#1.txt"))).isSymbolicLink()).toBe(true)
    expect(await readdir(join(repoFolder(), "blobs"))).toHaveLength(4)
    expect(await readdir(join(cacheDir, ".locks", "models--acme--tiny-llava"))).toEqual([])
  })

  it("is not fetched twice, and not even asked for by its commit", async () => {
    const folder = await download()
    server.requests.length = 0
    expect(await download()).toBe(folder)
    expect(server.requests.map(({ url }) => url)).toEqual([`/api/models/${repo}/revision/main`])
    server.requests.length = 0
    expect(await download({ revision: folder.slice(-40) })).toBe(folder)
    expect(server.requests).toEqual([])
  })

  it("is listed over several pages", async () => {
    server.pageSize = 2
    await download()
    expect(await visible()).toHaveLength(4)
    expect(server.requests.filter(({ url }) => url.includes("/tree/")).length).toBeGreaterThan(2)
  })

  it("reports progress that ends at the total", async () => {
    const seen: HubProgress[] = []
    await download({ onProgress: (progress) => seen.push(progress) })
    const overallTotal = Object.values(files).reduce((sum, { content }) => sum + content.length, 0)
    expect(seen.at(-1)).toMatchObject({ overallReceived: overallTotal, overallTotal })
    expect(new Set(seen.map(({ file }) => file))).toEqual(new Set(Object.keys(files)))
    const model = seen.filter(({ file }) => file === "model.safetensors")
    expect(model.at(-1)).toMatchObject({ received: weights.length, total: weights.length })
    expect(model.length).toBeGreaterThan(2)
    seen.length = 0
    await download({ onProgress: (progress) => seen.push(progress) })
    expect(seen.map(({ received, total }) => received === total)).toEqual([true, true, true, true])
  })

  it("follows a branch with a slash and shares unchanged content between commits", async () => {
    const first = await download()
    server.publish("refs/pr/1", { ...files, "config.json": { content: bytes(10, 9) } })
    server.requests.length = 0
    const second = await download({ revision: "refs/pr/1" })
    expect(second).not.toBe(first)
    expect(server.downloads("model.safetensors")).toHaveLength(0)
    expect(await readFile(join(repoFolder(), "refs/refs/pr/1"), "utf8")).toBe(second.slice(-40))
    expect(await findInHubCache({ repo, cacheDir, revision: "refs/pr/1", file: "config.json" })).toBe(
      join(second, "config.json"),
    )
  })

  it("is downloaded once by two callers at the same time", async () => {
    const [first, second] = await Promise.all([download(), download()])
    expect(first).toBe(second)
    expect(server.downloads("model.safetensors")).toHaveLength(1)
  })

  it("is described by HEAD where the listing tells nothing but names", async () => {
    server.describesFiles = false
    const folder = await download()
    expect(await readlink(join(folder, "model.safetensors"))).toBe(join("../../blobs", sha256(weights)))
    expect(new Uint8Array(await readFile(join(folder, "model.safetensors")))).toEqual(weights)
  })
})

describe("a choice of files", () => {
  it("takes names, patterns and tests", async () => {
    await download({ files: ["config.json", "*.txt"] })
    expect((await visible()).map((path) => path.slice(41)).sort()).toEqual(["config.json", "sub folder/notes#1.txt"])
    await download({ files: (path, size) => path.endsWith(".safetensors") && size === weights.length })
    expect(await visible()).toHaveLength(3)
  })

  it("names what the repository does not have", async () => {
    const error = await failure({ files: ["config.json", "absent.bin"] })
    expect(error.code).toBe("hub-file-not-found")
    expect(error.message).toContain("absent.bin")
    expect((await failure({ files: ["*.gguf"] })).code).toBe("hub-file-not-found")
  })
})

describe("broken transfers", () => {
  it("go on where they ended", async () => {
    server.fault("model.safetensors", { kind: "break", after: 100_000 }, { kind: "break", after: 50_000 })
    const folder = await download()
    expect(new Uint8Array(await readFile(join(folder, "model.safetensors")))).toEqual(weights)
    const requests = server.downloads("model.safetensors")
    expect(requests).toHaveLength(3)
    expect(requests.map(({ headers }) => headers.range)).toEqual([undefined, expect.any(String), expect.any(String)])
    expect(requests[1]?.headers["if-range"]).toContain("storage-")
  })

  it("go on in a later call, from what was kept", async () => {
    server.fault("model.safetensors", { kind: "break", after: 100_000 })
    expect((await failure({ retries: 0 })).code).toBe("hub-unreachable")
    const kept = (await stat(partialPath())).size
    expect(kept).toBeGreaterThan(0)
    expect((await visible()).some((path) => path.endsWith(".safetensors"))).toBe(false)
    expect(existsSync(join(repoFolder(), "refs/main"))).toBe(false)
    server.requests.length = 0
    const folder = await download()
    expect(server.downloads("model.safetensors").map(({ headers }) => headers.range)).toEqual([`bytes=${kept}-`])
    expect(new Uint8Array(await readFile(join(folder, "model.safetensors")))).toEqual(weights)
    expect(existsSync(partialPath())).toBe(false)
  })

  it("start anew where ranges are ignored", async () => {
    server.fault("model.safetensors", { kind: "break", after: 100_000 }, { kind: "ignore-range" })
    const folder = await download()
    expect(new Uint8Array(await readFile(join(folder, "model.safetensors")))).toEqual(weights)
  })

  it("take the new content when a branch moves between two calls", async () => {
    server.fault("model.safetensors", { kind: "break", after: 100_000 })
    await failure({ retries: 0 })
    const changed = bytes(300_000, 77)
    server.publish("main", { ...files, "model.safetensors": { content: changed, lfs: true } })
    const folder = await download()
    expect(new Uint8Array(await readFile(join(folder, "model.safetensors")))).toEqual(changed)
  })

  it("never mix old and new content when a file changes within a commit", async () => {
    const commit = server.publish("main", files)
    server.fault("model.safetensors", { kind: "break", after: 100_000 })
    let replaced = false
    const error = await failure({
      onProgress: ({ file, received }) => {
        if (replaced || file !== "model.safetensors" || received === 0) return
        replaced = true
        server.replace(commit, "model.safetensors", { content: bytes(300_000, 78), lfs: true })
      },
    })
    expect(error.code).toBe("hub-file-corrupt")
    expect(existsSync(partialPath())).toBe(false)
  })

  it("end a stall and try again", async () => {
    server.fault("model.safetensors", { kind: "stall", after: 1000 })
    const folder = await download({ stallTimeout: 150 })
    expect(new Uint8Array(await readFile(join(folder, "model.safetensors")))).toEqual(weights)
    expect(server.downloads("model.safetensors")).toHaveLength(2)
    await rm(cacheDir, { recursive: true })
    server.fault("model.safetensors", { kind: "stall", after: 0 })
    const error = await failure({ stallTimeout: 100, retries: 0 })
    expect(error.code).toBe("hub-stalled")
    expect(error.message).not.toContain("s3cret")
  })

  it("are resumed after an abort", async () => {
    const controller = new AbortController()
    server.fault("model.safetensors", { kind: "stall", after: 120_000 })
    const reason = new Error("the user left")
    const onProgress = ({ received, file }: HubProgress) => {
      if (file === "model.safetensors" && received >= 100_000) controller.abort(reason)
    }
    await expect(download({ signal: controller.signal, onProgress })).rejects.toBe(reason)
    const kept = (await stat(partialPath())).size
    expect(kept).toBeGreaterThanOrEqual(100_000)
    server.requests.length = 0
    await download()
    expect(server.downloads("model.safetensors").map(({ headers }) => headers.range)).toEqual([`bytes=${kept}-`])
  })

  it("take over from a process that died with the lock", async () => {
    const locks = join(cacheDir, ".locks", "models--acme--tiny-llava")
    await mkdir(locks, { recursive: true })
    const { hostname } = await import("node:os")
    const dead = { id: "x", process: 2 ** 22 + 1, host: hostname() }
    await writeFile(join(locks, `${sha256(weights)}.owner`), JSON.stringify(dead))
    expect(await download()).toContain("snapshots")
  })
})

describe("damaged content", () => {
  it("is fetched once more", async () => {
    server.fault("model.safetensors", { kind: "corrupt" })
    server.fault("config.json", { kind: "corrupt" })
    const folder = await download()
    for (const path of ["config.json", "model.safetensors"])
      expect(new Uint8Array(await readFile(join(folder, path)))).toEqual(files[path]?.content)
  })

  it.each(["model.safetensors", "config.json"])("is deleted and reported when %s stays damaged", async (path) => {
    server.fault(path, { kind: "corrupt" }, { kind: "corrupt" })
    const error = await failure()
    expect(error.code).toBe("hub-file-corrupt")
    expect(error.message).toContain(path)
    expect(server.downloads(path)).toHaveLength(2)
    expect((await visible()).some((name) => name.endsWith(path))).toBe(false)
    const digest = path === "config.json" ? "665addbf86f1be3347fae58f736406941f662881" : sha256(weights)
    expect((await readdir(join(repoFolder(), "blobs"))).filter((name) => name.startsWith(digest))).toEqual([])
  })

  it("in a kept partial file does not survive", async () => {
    await mkdir(join(repoFolder(), "blobs"), { recursive: true })
    await writeFile(partialPath(), bytes(5000, 200))
    const folder = await download()
    expect(new Uint8Array(await readFile(join(folder, "model.safetensors")))).toEqual(weights)
  })

  it("in the cache, recognised by its size, is replaced", async () => {
    const folder = await download()
    await truncate(join(repoFolder(), "blobs", sha256(weights)), 100)
    await download()
    expect(new Uint8Array(await readFile(join(folder, "model.safetensors")))).toEqual(weights)
  })
})
