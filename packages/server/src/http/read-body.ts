import { ApiError } from "../error/api-error.ts"
import type { ServerLimits } from "../server-limits.ts"

/**
 * The body of a request, at most `bodyBytes` of it, in at most `bodySeconds`. Errors: ApiError 413 and 408; 400 where the
 * client stops in the middle.
 */
export async function readBody(
  request: Request,
  { bodyBytes, bodySeconds }: Pick<ServerLimits, "bodyBytes" | "bodySeconds">,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > bodyBytes) throw tooLarge(bodyBytes)
  if (!request.body) return new Uint8Array(0)
  const reader = request.body.getReader()
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(tooSlow(bodySeconds)), bodySeconds * 1000)
  late.catch(() => undefined)
  try {
    const pieces: Uint8Array<ArrayBuffer>[] = []
    let size = 0
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) break
      size += value.length
      if (size > bodyBytes) throw tooLarge(bodyBytes)
      pieces.push(value)
    }
    return new Uint8Array(await new Blob(pieces).arrayBuffer())
  } catch (cause) {
    // Not awaited: a client that sends nothing would hold this up as well.
    reader.cancel().catch(() => undefined)
    if (cause instanceof ApiError) throw cause
    throw new ApiError("The body broke off.", { status: 400, code: "incomplete_body", cause })
  } finally {
    clearTimeout(timer)
  }
}

function tooLarge(limit: number): ApiError {
  return new ApiError(`The body has more than ${limit} bytes.`, {
    status: 413,
    code: "request_too_large",
    fix: "Send smaller or fewer images, or upload them to /v1/files.",
    headers: { connection: "close" },
  })
}

function tooSlow(seconds: number): ApiError {
  return new ApiError(`The body did not arrive within ${seconds} seconds.`, {
    status: 408,
    code: "request_timeout",
    headers: { connection: "close" },
  })
}
