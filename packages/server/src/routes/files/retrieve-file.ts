import type { Context } from "hono"
import { fileSchema } from "../../schema/file.ts"
import type { RequestVariables, ServerContext } from "../../server-context.ts"
import { describeFile } from "./describe-file.ts"

/** `GET /v1/files/{id}` */
export function retrieveFile({ files }: ServerContext, c: Context<RequestVariables>): Response {
  const id = c.req.param("id") ?? ""
  return c.json(fileSchema.parse(describeFile(files.get(c.get("owner"), id))))
}
