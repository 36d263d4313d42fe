import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { HubServer, type HubServerFile } from "#testing"
import { type DownloadFromHubOptions, downloadFromHub } from "./download-from-hub.ts"
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

describe("answers that are errors", () => {
  it("of the server are tried again, as late as it asks", async () => {
    server.fault("/revision/", { kind: "status", status: 500 }, { kind: "status", status: 503 })
    server.fault("model.safetensors", { kind: "status", status: 429, headers: { "retry-after": "0.3" } })
    const start = performance.now()
    await download()
    expect(performance.now() - start).toBeGreaterThan(290)
  })

  it("that persist are reported", async () => {
    for (let i = 0; i < 3; i++) server.fault("/tree/", { kind: "status", status: 502 })
    expect(await failure({ retries: 2 })).toMatchObject({ code: "hub-server-error", status: 502, transient: true })
  })

  it.each([
    [401, {}, "hub-unauthorized"],
    [403, {}, "hub-forbidden"],
    [403, { "x-error-code": "GatedRepo" }, "hub-gated"],
    [401, { "x-error-code": "GatedRepo" }, "hub-gated"],
    [404, { "x-error-code": "RepoNotFound" }, "hub-repo-not-found"],
    [404, { "x-error-code": "RevisionNotFound" }, "hub-revision-not-found"],
    [404, {}, "hub-repo-not-found"],
  ])("%i %o are %s, without a second try", async (status, headers, code) => {
    server.fault("/revision/main", { kind: "status", status, headers })
    expect(await failure()).toMatchObject({ code, status })
    expect(server.requests).toHaveLength(1)
  })

  it("for a gated repository say what to do", async () => {
    server.fault("/resolve/", { kind: "status", status: 403, headers: { "x-error-code": "GatedRepo" } })
    const error = await failure({ files: ["config.json"] })
    expect(error.message).toContain(`https://huggingface.co/${repo}`)
    expect(error.message).toContain("HF_TOKEN")
  })

  it("for names and revisions that do not exist are told apart", async () => {
    expect((await failure({ repo: "acme/other" })).code).toBe("hub-repo-not-found")
    expect((await failure({ revision: "v9" })).code).toBe("hub-revision-not-found")
  })

  it("that are no hub's are named so", async () => {
    server.fault("/revision/", { kind: "status", status: 200 })
    expect((await failure()).code).toBe("hub-answer-invalid")
    expect((await failure({ endpoint: "not an address" })).code).toBe("hub-argument-invalid")
  })

  it("of a hub that is down suggest the cache where it would do", async () => {
    const endpoint = "http://127.0.0.1:9"
    expect(await failure({ endpoint, retries: 0 })).toMatchObject({ code: "hub-unreachable" })
    await download()
    expect((await failure({ endpoint, retries: 0 })).fix).toContain("offline")
  })
})

describe("the token", () => {
  it("goes to the hub and not to where it redirects", async () => {
    server.token = "hf_secret"
    await download({ token: "hf_secret" })
    const storage = server.requests.filter((request) => request.server === "storage")
    expect(storage.length).toBeGreaterThan(0)
    for (const request of storage) expect(request.headers.authorization).toBeUndefined()
    const hub = server.requests.filter((request) => request.server === "hub")
    for (const request of hub) expect(request.headers.authorization).toBe("Bearer hf_secret")
  })

  it("is asked for when it is missing", async () => {
    server.token = "hf_secret"
    expect((await failure()).message).toContain("HF_TOKEN")
  })
})

describe("offline", () => {
  it("uses what is there", async () => {
    const folder = await download()
    server.requests.length = 0
    expect(await download({ offline: true })).toBe(folder)
    expect(await download({ offline: true, revision: folder.slice(-40), files: ["*.json"] })).toBe(folder)
    expect(server.requests).toEqual([])
  })

  it("names what is missing", async () => {
    expect(await failure({ offline: true })).toMatchObject({ code: "hub-offline" })
    await download({ files: ["config.json"] })
    const error = await failure({ offline: true })
    expect(error.code).toBe("hub-offline")
    expect(error.message).toContain("model.safetensors")
    expect(await download({ offline: true, files: ["config.json"] })).toContain("snapshots")
    await rm(join(repoFolder(), "trees"), { recursive: true })
    expect((await failure({ offline: true, files: ["config.json", "vocab.json"] })).message).toContain(
      "lacks vocab.json",
    )
    expect(await download({ offline: true, files: ["*.json"] })).toContain("snapshots")
  })
})

describe("hostile names", () => {
  it.each(["../../escape", "a/../../b", "/etc/x", "a\\..\\b", "C:/x", "a//b", "./x", "a\u0000b"])(
    "%j is refused",
    async (path) => {
      server.extraTreeEntries.push({ type: "file", path, size: 3, oid: "0".repeat(40) })
      expect((await failure()).code).toBe("hub-path-unsafe")
      expect(await visible()).toEqual([])
    },
  )

  it("in arguments are refused", async () => {
    expect((await failure({ repo: "../x" })).code).toBe("hub-argument-invalid")
    expect((await failure({ repo: "a/b/c" })).code).toBe("hub-argument-invalid")
    expect((await failure({ revision: "../main" })).code).toBe("hub-path-unsafe")
    await expect(findInHubCache({ repo, cacheDir, file: "../x" })).rejects.toMatchObject({ code: "hub-path-unsafe" })
  })

  it("of contents cannot leave the blobs", async () => {
    server.extraTreeEntries.push({ type: "file", path: "x", size: 3, oid: "../../../x" })
    expect((await failure({ files: ["x"] })).code).toBe("hub-answer-invalid")
  })
})

describe("the disk", () => {
  it.skipIf(!existsSync("/dev/full"))("being full is reported, and nothing half-written is visible", async () => {
    await mkdir(join(repoFolder(), "blobs"), { recursive: true })
    // Every write to this device fails as on a full disk.
    await symlink("/dev/full", partialPath())
    const error = await failure()
    expect(error.code).toBe("disk-full")
    expect(error.cause).toMatchObject({ code: "ENOSPC" })
    expect((await visible()).some((path) => path.endsWith(".safetensors"))).toBe(false)
    await rm(partialPath(), { force: true })
    const folder = await download()
    expect(new Uint8Array(await readFile(join(folder, "model.safetensors")))).toEqual(weights)
  })

  it("being too small is noticed before the download", async () => {
    server.extraTreeEntries.push({ type: "file", path: "huge.bin", size: 2 ** 52, oid: "1".repeat(40) })
    const error = await failure({ files: ["huge.bin"] })
    expect(error.code).toBe("disk-full")
    expect(error.message).toMatch(/huge\.bin needs \d+ MB more/)
    expect(server.downloads("huge.bin")).toEqual([])
  })
})
