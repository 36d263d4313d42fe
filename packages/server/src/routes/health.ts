import type { Context } from "hono"
import { healthSchema } from "../schema/health.ts"
import type { ServerContext } from "../server-context.ts"

/** `GET /health`: 200 while questions are taken. */
export function health({ models, embedders, isStopping }: ServerContext, c: Context): Response {
  const names = [...models, ...embedders].map(({ id }) => id)
  const status = isStopping() ? "stopping" : "ok"
  return c.json(healthSchema.parse({ status, models: names }), status === "ok" ? 200 : 503)
}
