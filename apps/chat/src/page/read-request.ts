import { ApiError } from "@llava/server"
import type { Context } from "hono"
import type { z } from "zod"

/** The JSON body of a request of the page. Errors: ApiError 413 above so many bytes, 400 for what does not fit. */
export async function readRequest<S extends z.ZodType>(c: Context, schema: S, bytes: number): Promise<z.output<S>> {
  const body: unknown = parse(await readText(c.req.raw, bytes))
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const param = issue?.path.join(".") || "body"
  throw new ApiError(`${param}: ${issue?.message ?? "is not right"}.`, { status: 400, code: "invalid_value", param })
}

async function readText({ body }: Request, bytes: number): Promise<string> {
  if (!body) return ""
  const decoder = new TextDecoder()
  let text = ""
  let size = 0
  for await (const piece of body) {
    size += piece.length
    if (size > bytes) {
      throw new ApiError(`The body has more than ${bytes} bytes.`, { status: 413, code: "request_too_large" })
    }
    text += decoder.decode(piece, { stream: true })
  }
  return text + decoder.decode()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ApiError("The body is not JSON.", { status: 400, code: "invalid_json", cause })
  }
}
