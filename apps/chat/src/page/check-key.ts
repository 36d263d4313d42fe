import { ApiError } from "@llava/server"
import { timingSafeEqual } from "hono/utils/buffer"

/** Whether a request may come in, by its `Authorization` header. Errors: ApiError 401. */
export async function checkKey(header: string | undefined, apiKeys: readonly string[]): Promise<void> {
  const given = /^Bearer (.+)$/i.exec(header ?? "")?.[1] ?? ""
  const matches = await Promise.all(apiKeys.map((key) => timingSafeEqual(key, given)))
  if (matches.includes(true)) return
  throw new ApiError("This server wants an API key.", {
    status: 401,
    code: "invalid_api_key",
    headers: { "www-authenticate": "Bearer" },
  })
}
