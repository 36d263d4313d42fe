import type { Context } from "hono"
import { fileDeletedSchema } from "../../schema/file.ts"
import type { RequestVariables, ServerContext } from "../../server-context.ts"

/** `DELETE /v1/files/{id}` */
export function deleteFile({ files }: ServerContext, c: Context<RequestVariables>): Response {
  const id = c.req.param("id") ?? ""
  files.remove(c.get("owner"), id)
  return c.json(fileDeletedSchema.parse({ id, object: "file", deleted: true }))
}
