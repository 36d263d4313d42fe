import { once } from "node:events"
import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, describe, expect, test } from "vitest"
import { expectRefusal } from "../testing/expect-refusal.ts"
import { startServer, type TestServer } from "../testing/start-server.ts"

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
)

let site: Server | undefined
const asked: string[] = []
afterEach(() => {
  site?.closeAllConnections()
  site?.close()
  asked.length = 0
})

/** A site on this machine, which a server may ask only where it may ask any address. */
async function startSite(answer: RequestListener): Promise<string> {
  site = createServer((request, response) => {
    asked.push(request.url ?? "")
    answer(request, response)
  })
  site.listen(0, "127.0.0.1")
  await once(site, "listening")
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`
}

function askAbout(server: TestServer, url: string): Promise<Response> {
  const content = [{ type: "image_url", image_url: { url } }]
  return server.ask({ messages: [{ role: "user", content }] })
}

describe("public addresses only", () => {
  test.each([
    "http://127.0.0.1:PORT/",
    "http://localhost:PORT/",
    "http://0x7f.1:PORT/",
    "http://2130706433:PORT/",
    "http://[::1]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://0.0.0.0:PORT/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://[fd00:ec2::254]/",
  ])("%s is refused before anything is sent", async (address) => {
    const url = await startSite((_, response) => response.end(pixel))
    await using server = await startServer({ imageUrls: "public" })
    const response = await askAbout(server, address.replace("PORT", new URL(url).port))
    const message = await expectRefusal(response, 400, "invalid_image_url")
    expect(message).toMatch(/not an address of the public internet/)
    expect(asked).toEqual([])
  })
})

describe("any address", () => {
  const start = (limits = {}) => startServer({ imageUrls: "any", limits })

  test("an image, by up to three redirects", async () => {
    const url = await startSite(({ url: path }, response) => {
      const left = Number(path!.slice(1))
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end()
      else response.end(pixel)
    })
    await using server = await start()
    expect((await askAbout(server, `${url}/3`)).status).toBe(200)
    expect(server.engine.asked[0]?.messages).toMatchObject([{ content: [{ image: { width: 1, height: 1 } }] }])
    expect(await expectRefusal(await askAbout(server, `${url}/4`), 400, "invalid_image_url")).toMatch(
      /more than 3 redirects/,
    )
  })

  test.each(["file:///etc/passwd", "ftp://127.0.0.1/", "http://user:word@127.0.0.1/"])(
    "a redirect to %s",
    async (location) => {
      const url = await startSite((_, response) => response.writeHead(301, { location }).end())
      await using server = await start()
      expect(await expectRefusal(await askAbout(server, url), 400, "invalid_image_url")).toMatch(/only http and https/)
    },
  )

  test("what is missing, too large, too slow, packed or no image", async () => {
    const url = await startSite(({ url: path }, response) => {
      if (path === "/missing") response.writeHead(404).end()
      else if (path === "/large") response.writeHead(200, { "content-length": "5000" }).end(Buffer.alloc(5000))
      else if (path === "/endless") {
        const more = () => response.write(Buffer.alloc(600), () => setTimeout(more, 1))
        more()
      } else if (path === "/slow") response.writeHead(200).write("x")
      else if (path === "/packed") response.writeHead(200, { "content-encoding": "gzip" }).end(pixel)
      else response.end("hello")
    })
    await using server = await start({ imageBytes: 1000, imageSeconds: 0.5 })
    const refusal = async (path: string, code = "invalid_image_url") =>
      expectRefusal(await askAbout(server, `${url}${path}`), 400, code)
    expect(await refusal("/missing")).toMatch(/answered 404/)
    expect(await refusal("/large")).toMatch(/more than 1000 bytes/)
    expect(await refusal("/endless")).toMatch(/more than 1000 bytes/)
    expect(await refusal("/slow")).toMatch(/more than 0.5 seconds/)
    expect(await refusal("/packed")).toMatch(/sent as gzip/)
    expect(await refusal("/text", "invalid_image")).toMatch(/no image of a known format/)
    site!.closeAllConnections()
    site!.close()
    expect(await refusal("/gone")).toMatch(/could not be fetched/)
  })
})
