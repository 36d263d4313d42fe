import type { Llava } from "@llava/model"
import { ownerOf } from "@llava/server"
import { Hono } from "hono"
import { answerAttention } from "./answer-attention.ts"
import { answerOpening, type OpenModel } from "./answer-opening.ts"
import type { BodyLimits } from "./body-limits.ts"
import { makeOffer } from "./make-offer.ts"
import type { ScenePictures } from "./scene-pictures.ts"
import { sceneRoutes } from "./scene-routes.ts"

export interface PageRoutesOptions {
  /** By what requests call them. */
  models: ReadonlyMap<string, Llava>
  pictures: ScenePictures
  /** Opens a model by name for the page; without it the page keeps to those that are served. */
  openModel?: OpenModel | undefined
  apiKeys: readonly string[]
  limits: BodyLimits
}

/** Bytes of a request without pictures. */
const SMALL = 2 ** 16

/**
 * What the chat's page asks for besides answers: pictures to begin with, scenes to compose, what a model looks at, and
 * models to open; below /v1 with the API key, where there is one. Errors are thrown as ApiError: the server that these
 * routes are added to answers with them, and checks hosts and origins.
 */
export function pageRoutes({ models, pictures, openModel, apiKeys, limits }: PageRoutesOptions): Hono {
  const app = new Hono()
  const small = { ...limits, bodyBytes: SMALL }
  app.use("/v1/page/*", async (c, next) => {
    await ownerOf(c.req.header("authorization"), apiKeys)
    await next()
  })
  app.get("/page/offer", async (c) => c.json(await makeOffer(models, pictures, openModel !== undefined)))
  app.route("/page", sceneRoutes(pictures, small))
  app.post("/v1/page/attention", (c) => answerAttention(c, models, limits))
  if (openModel) app.post("/v1/page/models", (c) => answerOpening(c, openModel, small))
  return app
}
