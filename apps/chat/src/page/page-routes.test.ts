import { LlavaError } from "@llava/core"
import { createServer, defaultLimits } from "@llava/server"
import sharp from "sharp"
import { expect, test } from "vitest"
import { pageRoutes } from "./page-routes.ts"
import { ScenePictures } from "./scene-pictures.ts"

const pictures = new ScenePictures()

function open({
  apiKeys = [],
  openModel,
}: Partial<Pick<Parameters<typeof pageRoutes>[0], "apiKeys" | "openModel">> = {}) {
  const app = createServer({ models: [], apiKeys })
  app.route("/", pageRoutes({ models: new Map(), pictures, openModel, apiKeys, limits: defaultLimits }))
  const ask = (path: string, json?: unknown, headers: Record<string, string> = {}) =>
    app.request(`http://localhost${path}`, {
      headers: { host: "localhost", "content-type": "application/json", ...headers },
      ...(json === undefined ? {} : { method: "POST", body: typeof json === "string" ? json : JSON.stringify(json) }),
    })
  return ask
}

async function pngSize(response: Response): Promise<[number, number]> {
  expect(response.status).toBe(200)
  expect(response.headers.get("content-type")).toBe("image/png")
  const bytes = new DataView(await response.arrayBuffer())
  expect(bytes.getUint32(0)).toBe(0x89504e47)
  return [bytes.getUint32(16), bytes.getUint32(20)]
}

test("offers samples that are pictures, with a question each", async () => {
  const ask = open()
  const offer = (await (await ask("/page/offer")).json()) as { samples: { url: string; question: string }[] }
  expect(offer).toMatchObject({ scenes: true, attention: false, openable: [] })
  expect(offer.samples).toHaveLength(6)
  expect(new Set(offer.samples.map(({ question }) => question)).size).toBeGreaterThan(1)
  for (const { url, question } of offer.samples) {
    expect(question).toMatch(/\w/)
    expect(await pngSize(await ask(`/${url}`))).toEqual([72, 72])
  }
})

test("names models to open only where it opens any", async () => {
  const offer = (await (await open({ openModel: async (name) => name })("/page/offer")).json()) as {
    openable: unknown[]
  }
  expect(offer.openable.length).toBeGreaterThan(0)
  expect((await open()("/v1/page/models", { name: "a/b" })).status).toBe(404)
})

test("everything a scene is composed of is there, and it is drawn where it was put", async () => {
  const ask = open()
  const world = (await (await ask("/page/scenes")).json()) as {
    imageSize: number
    cellNames: string[]
    kinds: { name: string; url: string }[]
    settings: { name: string; url: string }[]
  }
  expect(await pngSize(await ask(`/${world.kinds[0]!.url}`))).toEqual([96, 96])
  for (const { url } of world.settings) expect(await pngSize(await ask(`/${url}`))).toEqual([72, 72])
  expect([0, 4, 8].map((cell) => world.cellNames[cell])).toEqual(["top left", "center", "bottom right"])
  const draw = (objects: object[]) => ask("/page/scenes/draw", { setting: "grass", objects })
  const cat = { kind: "cat", cell: 8, size: 22, flipped: false }
  const [empty, one, moved] = await Promise.all(
    [[], [cat], [{ ...cat, cell: 0 }]].map(async (objects) => Buffer.from(await (await draw(objects)).arrayBuffer())),
  )
  const changed = async (a: Buffer, b: Buffer) => {
    const [first, second] = await Promise.all([a, b].map((png) => sharp(png).raw().toBuffer()))
    const thirds = new Set<number>()
    for (let at = 0; at < first!.length; at += 3) {
      const [x, y] = [(at / 3) % 72, Math.floor(at / 3 / 72)]
      if (first![at] !== second![at]) thirds.add(Math.floor(y / 24) * 3 + Math.floor(x / 24))
    }
    return [...thirds].sort()
  }
  expect(await changed(empty!, one!)).toEqual([8])
  expect(await changed(one!, moved!)).toEqual([0, 8])
})

test.each([
  ["not JSON", "invalid_json"],
  [{}, "invalid_value"],
  [{ setting: "moon", objects: [] }, "invalid_value"],
  [{ setting: "grass", objects: [{ kind: "cat", cell: 9, size: 22, flipped: false }] }, "invalid_value"],
  [{ setting: "grass", objects: [{ kind: "cat", cell: 0, size: 2000, flipped: false }] }, "invalid_value"],
])("a scene of %j is refused", async (json, code) => {
  const response = await open()("/page/scenes/draw", json)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { code, message: expect.any(String) } })
})

test.each(["/page/scenes/kinds/unicorn", "/page/scenes/settings/..%2f..%2fetc", "/page/samples/other.png"])(
  "%s is nothing",
  async (path) => {
    expect((await open()(path)).status).toBe(404)
  },
)

test("a body past the limit, another origin and another host are refused", async () => {
  const ask = open()
  expect((await ask("/page/scenes/draw", " ".repeat(2 ** 17))).status).toBe(413)
  expect((await ask("/page/offer", undefined, { origin: "https://example.org" })).status).toBe(403)
  expect((await ask("/page/offer", undefined, { host: "evil.example" })).status).toBe(403)
})

test("with an API key, models are opened and looked into with it only", async () => {
  const ask = open({ apiKeys: ["secret"], openModel: async (name) => name })
  expect((await ask("/page/offer")).status).toBe(200)
  for (const path of ["/v1/page/models", "/v1/page/attention"]) {
    expect((await ask(path, { name: "a/b" })).status).toBe(401)
    const wrong = await ask(path, { name: "a/b" }, { authorization: "Bearer wrong" })
    expect(wrong.status).toBe(401)
    expect(await wrong.json()).toMatchObject({ error: { message: expect.stringContaining("API key") } })
  }
  const opened = await ask("/v1/page/models", { name: "a/b" }, { authorization: "Bearer secret" })
  expect(await opened.text()).toContain('data: {"opened":"a/b"}')
})

test("opening tells how far it is, and why it failed", async () => {
  const ask = open({
    openModel: async (name, { onProgress }) => {
      onProgress({ stage: "download", loadedBytes: 1, totalBytes: 4, file: "a" })
      if (name === "no/such") throw new LlavaError("There is none.", { code: "x", fix: "Name another." })
      return name
    },
  })
  const good = await (await ask("/v1/page/models", { name: "a/b" })).text()
  expect(good).toContain('data: {"progress":{"stage":"download","loadedBytes":1,"totalBytes":4,"file":"a"}}')
  const bad = await (await ask("/v1/page/models", { name: "no/such" })).text()
  expect(bad).toContain('data: {"error":{"message":"There is none.","fix":"Name another."}}')
})

test.each(["../etc", "/etc/passwd", "a/b/c", "", "package.json"])("the path %j is not opened", async (name) => {
  const ask = open({ openModel: async () => expect.unreachable() })
  expect((await ask("/v1/page/models", { name })).status).toBe(400)
})
