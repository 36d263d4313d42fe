import type { Context } from "hono"
import { ApiError } from "../../error/api-error.ts"
import { readBody } from "../../http/read-body.ts"
import { valid } from "../../http/valid.ts"
import { fileSchema, fileUploadSchema } from "../../schema/file.ts"
import type { RequestVariables, ServerContext } from "../../server-context.ts"
import { describeFile } from "./describe-file.ts"

/** `POST /v1/files`: keeps an image for a while, to be named by its id in questions. */
export async function uploadFile({ files, limits }: ServerContext, c: Context<RequestVariables>): Promise<Response> {
  const { file, purpose } = valid(
    fileUploadSchema,
    Object.fromEntries(await readForm(c, await readBody(c.req.raw, limits))),
  )
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes.length > limits.imageBytes) {
    throw new ApiError(`The file has ${bytes.length} bytes; the limit is ${limits.imageBytes}.`, {
      status: 413,
      code: "file_too_large",
      param: "file",
    })
  }
  const filename = file instanceof File ? file.name : "file"
  const stored = files.add({ owner: c.get("owner"), bytes, filename, purpose })
  return c.json(fileSchema.parse(describeFile(stored)))
}

async function readForm(c: Context, body: Uint8Array<ArrayBuffer>): Promise<FormData> {
  const type = c.req.header("content-type") ?? ""
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData()
  } catch (cause) {
    throw new ApiError("The body is no multipart/form-data with a file and a purpose.", {
      status: 400,
      code: "invalid_form",
      cause,
    })
  }
}
