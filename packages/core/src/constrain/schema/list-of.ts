import { schemaError } from "./schema-error.ts"

/** What a keyword lists. Errors: ConstraintError "schema-unsupported" for no list, and for an empty one. */
export function listOf(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value
  throw schemaError(path, "is no list, or an empty one")
}
