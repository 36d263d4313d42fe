import { schemaError } from "./schema-error.ts"

/** Keywords that narrow down what is valid, and that answers cannot be held to while they are written. */
const unsupported = [
  ...["not", "if", "then", "else", "dependentRequired", "dependentSchemas", "dependencies"],
  ...["patternProperties", "unevaluatedProperties", "unevaluatedItems"],
  ...["contains", "minContains", "maxContains", "$dynamicRef", "$recursiveRef"],
]

/** Errors: ConstraintError "schema-unsupported" for a keyword that could not be kept to: nothing is passed over. */
export function refuseKeywords(schema: Readonly<Record<string, unknown>>, path: string): void {
  const found = unsupported.find((keyword) => schema[keyword] !== undefined)
  if (found !== undefined) throw schemaError(path, `has ${found}, which is not supported`)
  const { propertyNames } = schema
  // Names are strings in any case.
  if (propertyNames !== undefined && propertyNames !== true && JSON.stringify(propertyNames) !== '{"type":"string"}') {
    throw schemaError(path, "has propertyNames, which is not supported")
  }
  if (schema["uniqueItems"] === true) throw schemaError(path, "has uniqueItems, which is not supported")
}
