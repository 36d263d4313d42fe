import type { Llava } from "@llava/model"
import { Hono } from "hono"
import { answerAttention } from "./answer-attention.ts"
import { answerOpening, type OpenModel } from "./answer-opening.ts"
import { checkKey } from "./check-key.ts"
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
  /** Bytes of a request's body. */
  bodyBytes: number
}

/**
 * What the chat's page asks for besides answers: pictures to begin with, scenes to compose, what a model looks at, and
 * models to open; below /v1 with the API key, where there is one. Errors are thrown as ApiError: the server that these
 * routes are added to answers with them, and checks hosts and origins.
 */
export function pageRoutes({ models, pictures, openModel, apiKeys, bodyBytes }: PageRoutesOptions): Hono {
  const app = new Hono()
  if (apiKeys.length > 0) {
    app.use("/v1/page/*", async (c, next) => {
      await checkKey(c.req.header("authorization"), apiKeys)
      await next()
    })
  }
  app.get("/page/offer", async (c) => c.json(await makeOffer(models, pictures, openModel !== undefined)))
  app.route("/page", sceneRoutes(pictures))
  app.post("/v1/page/attention", (c) => answerAttention(c, models, bodyBytes))
  if (openModel) app.post("/v1/page/models", (c) => answerOpening(c, openModel))
  return app
}
