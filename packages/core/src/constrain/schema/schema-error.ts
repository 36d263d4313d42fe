import { ConstraintError } from "../constraint-error.ts"

/** The error for a schema that answers cannot be held to. `path` is where: `#/properties/age`. */
export function schemaError(path: string, what: string): ConstraintError {
  return new ConstraintError(`The JSON schema at ${path} ${what}.`, {
    code: "schema-unsupported",
    fix: "Say it in another way, or check it when the answer is there.",
  })
}
