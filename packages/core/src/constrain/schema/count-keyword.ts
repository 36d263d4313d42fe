import { schemaError } from "./schema-error.ts"

/** A keyword that counts, such as `minItems`. Errors: ConstraintError "schema-unsupported" where it is no such number. */
export function countKeyword(
  schema: Readonly<Record<string, unknown>>,
  keyword: string,
  otherwise: number,
  path: string,
): number {
  const value = schema[keyword]
  if (value === undefined) return otherwise
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value
  throw schemaError(path, `says ${keyword}: ${JSON.stringify(value)}, which is no count`)
}
