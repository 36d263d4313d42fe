import type { ServedModel } from "../contract/served-model.ts"
import { ApiError } from "../error/api-error.ts"

/** The model of that name. Errors: ApiError 404; 503 while it is away. */
export function modelOf<M extends Pick<ServedModel, "id" | "away">>(models: readonly M[], id: string, what: string): M {
  const found = models.find((model) => model.id === id)
  if (found?.away) {
    const { reason, retryAfterSeconds } = found.away
    throw new ApiError(reason, {
      status: 503,
      code: "model_away",
      param: "model",
      ...(retryAfterSeconds !== undefined && { headers: { "retry-after": String(retryAfterSeconds) } }),
    })
  }
  if (found) return found
  const names = models.map((model) => model.id).join(", ")
  throw new ApiError(`There is no ${what} ${JSON.stringify(id)} here.`, {
    status: 404,
    code: "model_not_found",
    param: "model",
    fix: names === "" ? `This server has no ${what}.` : `There is: ${names}.`,
  })
}
