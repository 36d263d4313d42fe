import { truncate, writeFile } from "node:fs/promises"
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { expect, test } from "vitest"
import { fileSource } from "#platform/file-source"
import { expectRefusal } from "../testing/expect-refusal.ts"
import { inTemporaryFolder } from "../testing/in-temporary-folder.ts"
import { blobSource } from "./blob-source.ts"
import type { ByteSource } from "./byte-source.ts"
import { bytesSource } from "./bytes-source.ts"
import { httpSource } from "./http-source.ts"
import { urlSource } from "./url-source.ts"

const content = Uint8Array.from({ length: 1000 }, (_, i) => i)

async function serving<T>(listener: RequestListener, use: (address: string) => Promise<T>): Promise<T> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/model.gguf`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

function rangeListener(options: { etag?: () => string; shorten?: number; seen?: string[] } = {}): RequestListener {
  return (request, response) => {
    options.seen?.push(String(request.headers.authorization))
    const [, begin, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "")!
    const part = content.subarray(Number(begin), Number(last) + 1)
    response.writeHead(206, {
      "content-range": `bytes ${begin}-${last}/${content.length}`,
      etag: options.etag?.() ?? "same",
    })
    response.end(part.subarray(0, part.length - (part.length > 1 ? (options.shorten ?? 0) : 0)))
  }
}

async function behaves(source: ByteSource): Promise<void> {
  expect(source.size).toBe(1000)
  expect([...(await source.read(3, 6))]).toEqual([3, 4, 5])
  expect((await source.read(1000, 1000)).length).toBe(0)
  expect(Buffer.from(content).equals(await source.read(0, 1000))).toBe(true)
  await expectRefusal(source.read(990, 1001), "file-truncated", source.name, "1001")
  await expectRefusal(source.read(5, 4), "range-invalid", source.name)
  await expectRefusal(source.read(-1, 4), "range-invalid", source.name)
}

test("bytes, blobs and addresses", async () => {
  await behaves(bytesSource(content, "memory"))
  await behaves(blobSource(new Blob([content])))
  expect(blobSource(new File([content], "picked.gguf")).name).toBe("picked.gguf")
  const seen: string[] = []
  await serving(rangeListener({ seen }), async (address) =>
    behaves(await httpSource(address, { headers: { authorization: "Bearer x" } })),
  )
  expect(new Set(seen)).toEqual(new Set(["Bearer x"]))
})

test("files: missing, folders, closed, cut short while open", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "weights")
    await writeFile(path, content)
    const source = await fileSource(path)
    await behaves(source)
    await truncate(path, 500)
    await expectRefusal(source.read(400, 600), "file-truncated", path, "500")
    await source[Symbol.asyncDispose]()
    await source[Symbol.asyncDispose]()
    await expectRefusal(source.read(0, 1), "source-closed", path)
    await expectRefusal(fileSource(join(folder, "none")), "file-missing", "none")
    await expectRefusal(fileSource(folder), "file-unreadable", folder)
  }))

test("servers without ranges, with errors, with changing or broken files", async () => {
  await serving(
    (_, response) => response.end(content),
    (address) => expectRefusal(httpSource(address), "http-no-ranges", address),
  )
  await serving(
    (_, response) => response.writeHead(403).end(),
    (address) => expectRefusal(httpSource(address), "http-failed", address, "403"),
  )
  let version = 0
  await serving(rangeListener({ etag: () => String(version++) }), async (address) => {
    const source = await httpSource(address)
    await expectRefusal(source.read(0, 10), "file-changed", address)
  })
  await serving(rangeListener({ shorten: 3 }), async (address) => {
    const source = await httpSource(address)
    await expectRefusal(source.read(0, 10), "file-truncated", address, "7 of the 10")
  })
  await expectRefusal(httpSource("http://127.0.0.1:1/x"), "http-failed", "127.0.0.1:1")
  await serving(rangeListener(), (address) =>
    expect(httpSource(address, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i),
  )
})

test("an address: ranges where there are any, the whole file where not", async () => {
  const seen: string[] = []
  await serving(rangeListener({ seen }), async (address) =>
    behaves(await urlSource(address, { headers: { authorization: "Bearer x" } })),
  )
  expect(new Set(seen)).toEqual(new Set(["Bearer x"]))
  let requests = 0
  const whole: RequestListener = (_request, response) => {
    requests++
    response.end(content)
  }
  await serving(whole, async (address) => behaves(await urlSource(address)))
  expect(requests).toBe(1)

  const missing: RequestListener = (_request, response) => void response.writeHead(404).end()
  await serving(missing, (address) => expectRefusal(urlSource(address), "file-missing", address))
  const failing: RequestListener = (_request, response) => void response.writeHead(500).end()
  await serving(failing, (address) => expectRefusal(urlSource(address), "http-failed", address, "500"))
  await expectRefusal(urlSource("http://127.0.0.1:1/model.gguf"), "http-failed", "could not be reached")
  const reason = new Error("enough")
  const stopped = urlSource("http://127.0.0.1:1/x", { signal: AbortSignal.abort(reason) })
  await expect(stopped).rejects.toBe(reason)
})
