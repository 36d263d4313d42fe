import { ApiError, readJson } from "@llava/server"
import { type Context, Hono } from "hono"
import { z } from "zod"
import type { BodyLimits } from "./body-limits.ts"
import type { ScenePictures } from "./scene-pictures.ts"

/** Pictures change with a new version only. */
const cached = { "content-type": "image/png", "cache-control": "max-age=3600" }

/** The sample pictures, what scenes are composed of, and composed scenes. */
export function sceneRoutes(pictures: ScenePictures, limits: BodyLimits): Hono {
  const app = new Hono()
  app.get("/samples/:name", async (c) => {
    const index = /^scene-(\d{1,3})\.png$/.exec(c.req.param("name"))?.[1]
    if (index === undefined) throw notFound(c)
    return c.body(await pictures.sample(Number(index)), 200, cached)
  })
  app.get("/scenes", async (c) => {
    const { imageSize, objectSize, objects, kinds, settings } = await pictures.world()
    const item = (folder: string) => (name: string) => ({
      name,
      url: `page/scenes/${folder}/${encodeURIComponent(name)}`,
    })
    return c.json({
      imageSize,
      objectSize,
      mostObjects: objects.maximum,
      cellNames: await pictures.cellNames(),
      kinds: kinds.map(item("kinds")),
      settings: settings.map(item("settings")),
    })
  })
  app.get("/scenes/kinds/:name", async (c) => {
    const name = c.req.param("name")
    if (!(await pictures.world()).kinds.includes(name)) throw notFound(c)
    return c.body(await pictures.kind(name), 200, cached)
  })
  app.get("/scenes/settings/:name", async (c) => {
    const name = c.req.param("name")
    if (!(await pictures.world()).settings.includes(name)) throw notFound(c)
    return c.body(await pictures.setting(name), 200, cached)
  })
  app.post("/scenes/draw", async (c) => {
    const { kinds, settings, objectSize } = await pictures.world()
    const schema = z.object({
      setting: z.enum(settings),
      objects: z
        .array(
          z.object({
            kind: z.enum(kinds),
            cell: z.int().min(0).max(8),
            size: z.int().min(objectSize.minimum).max(objectSize.maximum),
            flipped: z.boolean(),
          }),
        )
        .max(9),
    })
    const { setting, objects } = await readJson(c, schema, limits)
    return c.body(await pictures.compose(setting, objects), 200, { "content-type": "image/png" })
  })
  return app
}

function notFound(c: Context): ApiError {
  return new ApiError(`There is no picture at ${c.req.path}.`, { status: 404, code: "not_found" })
}
