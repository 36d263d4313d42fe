import { ApiError } from "../error/api-error.ts"
import { findApiKey } from "./find-api-key.ts"

/**
 * Whose request it is: that of the key which the `Authorization` header bears, or anyone's where no key is asked for.
 * Errors: ApiError 401.
 */
export async function ownerOf(authorization: string | undefined, apiKeys: readonly string[]): Promise<string> {
  if (apiKeys.length === 0) return "anyone"
  const key = await findApiKey(authorization, apiKeys)
  if (key !== -1) return `key ${key}`
  const isGiven = authorization !== undefined && authorization !== ""
  throw new ApiError(isGiven ? "The API key is not one of this server's." : "This server wants an API key.", {
    status: 401,
    code: "invalid_api_key",
    fix: "Send it as Authorization: Bearer KEY.",
    headers: { "www-authenticate": "Bearer" },
  })
}
