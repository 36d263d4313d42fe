import type { z } from "zod"
import { ApiError } from "../error/api-error.ts"

/** What a request says, as a schema wants it. Errors: ApiError 400 that names the field. */
export function valid<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = mostSpecific(parsed.error.issues)
  const path = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("")
  const param = path.replace(/^\./, "") || "body"
  throw new ApiError(`${param}: ${issue.message}.`, { status: 400, code: "invalid_value", param })
}

type Issue = z.core.$ZodIssue

/** Of a union's complaints those that came furthest: they are about the member that was meant. */
function mostSpecific(issues: readonly Issue[], path: readonly PropertyKey[] = []): Issue {
  const flat = issues.map((issue): Issue => {
    const whole = [...path, ...issue.path]
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return { ...issue, path: whole }
    const inner = issue.errors.map((member) => mostSpecific(member, whole))
    const furthest = inner.reduce((best, next) => (next.path.length > best.path.length ? next : best))
    return furthest.path.length > whole.length ? furthest : { ...issue, path: whole, message: "Has the wrong type" }
  })
  return flat.reduce((best, next) => (next.path.length > best.path.length ? next : best))
}
