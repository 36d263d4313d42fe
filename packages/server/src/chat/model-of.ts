import { ApiError } from "../error/api-error.ts"

/** The model of that name. Errors: ApiError 404. */
export function modelOf<M extends { id: string }>(models: readonly M[], id: string, what: string): M {
  const found = models.find((model) => model.id === id)
  if (found) return found
  const names = models.map((model) => model.id).join(", ")
  throw new ApiError(`There is no ${what} ${JSON.stringify(id)} here.`, {
    status: 404,
    code: "model_not_found",
    param: "model",
    fix: names === "" ? `This server has no ${what}.` : `There is: ${names}.`,
  })
}
