import type { Context } from "hono"
import { fileListSchema } from "../../schema/file.ts"
import type { RequestVariables, ServerContext } from "../../server-context.ts"
import { describeFile } from "./describe-file.ts"

/** `GET /v1/files`: the client's own, the newest first. */
export function listFiles({ files }: ServerContext, c: Context<RequestVariables>): Response {
  const data = files.list(c.get("owner")).map(describeFile).toReversed()
  return c.json(fileListSchema.parse({ object: "list", data, has_more: false }))
}
