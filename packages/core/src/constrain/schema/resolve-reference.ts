import type { JsonSchema } from "./json-schema.ts"
import { schemaError } from "./schema-error.ts"

/** What `$ref` names within the same document. Errors: ConstraintError "schema-unsupported" where it leads elsewhere. */
export function resolveReference(root: JsonSchema, reference: unknown, path: string): JsonSchema {
  if (typeof reference !== "string" || !/^#(\/|$)/.test(reference)) {
    throw schemaError(
      path,
      `refers to ${JSON.stringify(reference)}, and only parts of the schema itself can be referred to`,
    )
  }
  let found: unknown = root
  for (const part of reference.split("/").slice(1)) {
    const key = decode(part).replaceAll("~1", "/").replaceAll("~0", "~")
    const holds = typeof found === "object" && found !== null && Object.hasOwn(found, key)
    found = holds ? (found as Record<string, unknown>)[key] : undefined
  }
  if (typeof found === "boolean" || (typeof found === "object" && found !== null && !Array.isArray(found))) {
    return found as JsonSchema
  }
  throw schemaError(path, `refers to ${reference}, where there is no schema`)
}

/** Where there is no such escape, the name is meant as it stands. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
