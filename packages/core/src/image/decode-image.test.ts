import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import sharp from "sharp"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { fixturePath } from "#testing"
import { LlavaError } from "../error/llava-error.ts"
import { decodeImage } from "./decode-image.ts"
import { ImageError } from "./image-error.ts"
import type { ImageInput } from "./image-types.ts"

const path = fixturePath("image-processor-formats", "images", "rgba.png")
const bytes = readFileSync(path)
const folder = mkdtempSync(join(tmpdir(), "llava-images-"))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: Uint8Array | string): string {
  const location = join(folder, name)
  writeFileSync(location, content)
  return location
}

async function failure(input: ImageInput, options?: Parameters<typeof decodeImage>[1]): Promise<ImageError> {
  const error = await decodeImage(input, options).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ImageError)
  expect(LlavaError.isInstance(error)).toBe(true)
  expect((error as ImageError).message).not.toContain("\n")
  return error as ImageError
}

describe("inputs", () => {
  test.each<[string, () => ImageInput]>([
    ["a file URL", () => pathToFileURL(path)],
    ["a file URL as text", () => pathToFileURL(path).href],
    ["bytes", () => bytes],
    ["a part of a longer buffer", () => Buffer.concat([Buffer.alloc(3), bytes]).subarray(3)],
    ["an ArrayBuffer", () => new Uint8Array(bytes).buffer],
    ["a Blob", () => new Blob([new Uint8Array(bytes)])],
    ["a data URL in base64", () => `data:image/png;base64,${bytes.toString("base64")}`],
    ["a data URL of the wrong type", () => `data:image/jpeg;base64,${bytes.toString("base64")}`],
    ["a blob URL", () => URL.createObjectURL(new Blob([new Uint8Array(bytes)]))],
  ])("%s gives the pixels of the path", async (_, input) => {
    expect(await decodeImage(input())).toEqual(await decodeImage(path))
  })

  test("an RgbImage passes through, a wrong one does not", async () => {
    const image = { width: 2, height: 1, data: new Uint8Array(6) }
    expect(await decodeImage(image)).toBe(image)
    const short = await failure({ ...image, height: 2 })
    expect(short.code).toBe("image-invalid")
    expect(short.message).toContain("needs 12 bytes and has 6")
    expect((await failure({ ...image, width: 0 })).message).toContain("width of an RGB image is 0")
  })

  test("nothing is not an image", async () => {
    const input: unknown = null
    expect((await failure(input as ImageInput)).message).toContain("given as null")
  })
})

describe("formats", () => {
  test("16-bit grey keeps its upper eight bits", async () => {
    const levels = Uint16Array.from({ length: 256 }, (_, i) => i * 257)
    const png = await sharp(levels, { raw: { width: 16, height: 16, channels: 1 } })
      .toColourspace("grey16")
      .png()
      .toBuffer()
    expect((await sharp(png).metadata()).depth).toBe("ushort")
    const { data } = await decodeImage(png)
    expect(Array.from(data)).toEqual(Array.from({ length: 768 }, (_, i) => Math.floor(i / 3)))
  })

  test("AVIF is read", async () => {
    const avif = await sharp(bytes).removeAlpha().avif({ quality: 90 }).toBuffer()
    const { width, height, data } = await decodeImage(avif)
    expect([width, height]).toEqual([61, 43])
    const { data: original } = await decodeImage(path)
    const difference = data.reduce((sum, value, i) => sum + Math.abs(value - original[i]!), 0)
    expect(difference / data.length).toBeLessThan(12)
  })

  test("a colour profile in the file is not applied", async () => {
    const plain = sharp(bytes).removeAlpha()
    const withProfile = await plain.clone().keepIccProfile().withIccProfile("p3").png().toBuffer()
    const stored = await sharp(withProfile, { ignoreIcc: true }).raw().toBuffer()
    expect((await sharp(withProfile).metadata()).icc).toBeDefined()
    expect(Buffer.compare((await decodeImage(withProfile)).data, stored)).toBe(0)
  })
})

describe("bad pictures", () => {
  test("an empty file", async () => {
    const location = file("empty.png", "")
    const error = await failure(location)
    expect(error.code).toBe("image-empty")
    expect(error.message).toContain(location)
  })

  test.each([
    "rgb.jpg",
    "rgb-progressive.jpg",
    "cmyk.jpg",
    "rgba.png",
    "palette.png",
    "transparent.gif",
    "rgb.webp",
    "rgb.tif",
  ])("%s cut short", async (name) => {
    const whole = readFileSync(fixturePath("image-processor-formats", "images", name))
    for (const part of [0.1, 0.5, 0.9]) {
      const location = file(`cut-${name}`, whole.subarray(0, Math.ceil(whole.length * part)))
      const error = await failure(location)
      expect(error.code).toBe("image-corrupt")
      expect(error.message).toContain(location)
      expect(error.fix).toBeDefined()
    }
  })

  test("a damaged header", async () => {
    const damaged = Buffer.from(bytes)
    damaged.fill(0xff, 16, 40)
    expect((await failure(damaged)).code).toBe("image-corrupt")
  })

  test.each([
    ["BMP", Buffer.from("BM and more")],
    ["HEIC", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1")],
    ["MP4 video", Buffer.from("\0\0\0\x18ftypisom\0\0\0\0isomavc1", "latin1")],
    ["SVG", Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["HTML page", Buffer.from("<!DOCTYPE html><title>404</title>")],
    ["PDF", Buffer.from("%PDF-1.7")],
  ])("%s is named", async (name, content) => {
    const error = await failure(content)
    expect(error.code).toBe("image-unsupported")
    expect(error.message).toContain(`its format is ${name}.`)
  })

  test("something else shows its first bytes", async () => {
    const location = file("notes.jpg", "hello")
    expect((await failure(location)).message).toBe(
      `${location} is no image of a known format (it begins with the bytes 68 65 6c 6c 6f). ` +
        "Convert it to PNG, JPEG, WebP, GIF or AVIF.",
    )
  })

  test("a missing file, a path through a file, a folder", async () => {
    const missing = join(folder, "missing.png")
    const error = await failure(missing)
    expect(error.code).toBe("image-not-found")
    expect(error.message).toContain(missing)
    expect((await failure(join(path, "x.png"))).code).toBe("image-not-found")
    expect((await failure(folder)).message).toContain("it is a folder")
  })

  test.each(["data:image/png;base64", "data:image/png;base64,***"])("%s", async (address) => {
    expect((await failure(address)).code).toBe("image-invalid")
  })

  test("an address of another kind", async () => {
    expect((await failure(new URL("ftp://example.org/a.png"))).code).toBe("image-unsupported")
  })
})

describe("limits", () => {
  test("20,000 x 20,000 pixels are refused from the header alone", async () => {
    const background = { r: 9, g: 9, b: 9 }
    const size = { width: 20_000, height: 20_000, channels: 3 as const }
    const huge = await sharp({ create: { ...size, background }, limitInputPixels: false })
      .png()
      .toBuffer()
    const before = performance.now()
    const error = await failure(file("huge.png", huge))
    expect(performance.now() - before).toBeLessThan(1000)
    expect(error.code).toBe("image-too-large")
    expect(error.message).toContain("20000 x 20000 = 400 million pixels; the limit is 100 million (maxPixels)")
  })

  test("maxPixels counts width times height", async () => {
    expect((await failure(path, { maxPixels: 61 * 43 - 1 })).message).toContain("61 x 43 = 0.002623 million")
    expect((await decodeImage(path, { maxPixels: 61 * 43 })).width).toBe(61)
  })

  test("maxBytes holds for files and Blobs", async () => {
    const error = await failure(path, { maxBytes: 100 })
    expect(error.code).toBe("image-too-large")
    expect(error.message).toContain(path)
    expect((await failure(new Blob([new Uint8Array(101)]), { maxBytes: 100 })).code).toBe("image-too-large")
  })

  test("an aborted signal stops with its reason", async () => {
    const reason = new Error("enough")
    await expect(decodeImage(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  test("a name of the caller's choice", async () => {
    expect((await failure(new Uint8Array(0), { name: "sample 7" })).message).toContain("sample 7 is empty")
  })
})

describe("downloads", () => {
  let server: Server
  let origin: string
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url?.startsWith("/picture.png")) response.end(bytes)
      else if (request.url === "/hangs") response.write("x")
      else response.writeHead(404).end("no")
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  test("a picture", async () => {
    expect(await decodeImage(`${origin}/picture.png?size=1`)).toEqual(await decodeImage(path))
    expect(await decodeImage(new URL(`${origin}/picture.png`))).toEqual(await decodeImage(path))
  })

  test("a refusal names the address without its query", async () => {
    const error = await failure(`${origin}/absent.png?token=secret`)
    expect(error.code).toBe("image-fetch-failed")
    expect(error.message).toContain(`${origin}/absent.png cannot be downloaded: the server answered 404`)
    expect(error.message).not.toContain("secret")
  })

  test("no server", async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    const error = await failure(`http://127.0.0.1:${port}/a.png`)
    expect(error.code).toBe("image-fetch-failed")
    expect(error.message).toContain("ECONNREFUSED")
  })

  test("too many bytes", async () => {
    expect((await failure(`${origin}/picture.png`, { maxBytes: 100 })).code).toBe("image-too-large")
  })

  test("an abort while the bytes come", async () => {
    const signal = AbortSignal.timeout(50)
    await expect(decodeImage(`${origin}/hangs`, { signal })).rejects.toMatchObject({ name: "TimeoutError" })
  })
})

test("without sharp the error says what to install", async () => {
  vi.resetModules()
  vi.doMock("sharp", () => {
    throw new Error("Cannot find package 'sharp'")
  })
  const { decodeImage: decodeWithoutSharp } = await import("./decode-image.ts")
  await expect(decodeWithoutSharp(path)).rejects.toMatchObject({
    code: "image-decoder-missing",
    message: expect.stringContaining("npm install sharp"),
  })
  vi.doUnmock("sharp")
})
