import type { Context } from "hono"
import { modelOf } from "../chat/model-of.ts"
import { type ModelReply, modelListSchema, modelSchema } from "../schema/model-list.ts"
import type { ServerContext } from "../server-context.ts"

/** `GET /v1/models` */
export function listModels(server: ServerContext, c: Context): Response {
  return c.json(modelListSchema.parse({ object: "list", data: describeModels(server) }))
}

/** `GET /v1/models/{id}`, where an id may have slashes. */
export function retrieveModel(server: ServerContext, c: Context): Response {
  return c.json(modelSchema.parse(modelOf(describeModels(server), c.req.param("id") ?? "", "model")))
}

function describeModels({ models, embedders, created }: ServerContext): ModelReply[] {
  return [
    ...models.map(
      ({ id, ownedBy, engine }): ModelReply => ({
        id,
        object: "model",
        created,
        owned_by: ownedBy ?? "llava",
        max_model_len: engine.languageModel.maxPositions,
        capabilities: engine.tokensPerImage > 0 ? ["chat", "vision"] : ["chat"],
      }),
    ),
    ...embedders.map(
      ({ id, ownedBy }): ModelReply => ({
        id,
        object: "model",
        created,
        owned_by: ownedBy ?? "llava",
        capabilities: ["embeddings"],
      }),
    ),
  ]
}
