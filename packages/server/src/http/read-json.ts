import type { Context } from "hono"
import type { z } from "zod"
import { ApiError } from "../error/api-error.ts"
import type { ServerLimits } from "../server-limits.ts"
import { readBody } from "./read-body.ts"
import { valid } from "./valid.ts"

/**
 * The body of a request as a schema wants it. Errors: ApiError 400 for what is no JSON or does not fit, naming the field;
 * 415 for another content type (pages of any origin may send text without asking first), 408 and 413 of `readBody`.
 */
export async function readJson<S extends z.ZodType>(
  c: Context,
  schema: S,
  limits: Pick<ServerLimits, "bodyBytes" | "bodySeconds">,
): Promise<z.output<S>> {
  const type = c.req.header("content-type") ?? ""
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new ApiError(`The content type is ${JSON.stringify(type)}.`, {
      status: 415,
      code: "unsupported_media_type",
      fix: "Send application/json.",
    })
  }
  return valid(schema, parse(await readBody(c.req.raw, limits)))
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause)
    throw new ApiError(`The body is not JSON: ${what}.`, { status: 400, code: "invalid_json", cause })
  }
}
