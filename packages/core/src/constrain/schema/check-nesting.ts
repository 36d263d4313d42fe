import { schemaError } from "./schema-error.ts"

/** Levels of JSON: enough for schemas, too few for what follows a schema downwards to run out of stack. */
const MOST = 1000

/** Errors: ConstraintError "schema-unsupported" for a schema of too many levels. */
export function checkNesting(schema: unknown): void {
  let level = [schema]
  for (let levels = 0; level.length > 0; levels++) {
    if (levels > MOST) throw schemaError("#", `has more than ${MOST} levels`)
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []))
  }
}
