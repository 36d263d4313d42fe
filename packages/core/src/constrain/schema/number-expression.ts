import { rangedNumber } from "../json/ranged-number.ts"
import type { Expression } from "../machine/expression.ts"
import { schemaError } from "./schema-error.ts"

/** Digits after the point where a range is given. */
const PLACES = 6

/** Numbers within bounds; undefined where the schema has none and any number will do. */
export function numberExpression(
  schema: Readonly<Record<string, unknown>>,
  type: "number" | "integer",
  path: string,
): Expression | undefined {
  const bound = (keyword: string): number | undefined => {
    const value = schema[keyword]
    if (value === undefined) return undefined
    if (typeof value === "number" && Number.isFinite(value)) return value
    throw schemaError(path, `says ${keyword}: ${JSON.stringify(value)}, which is no number`)
  }
  const range = {
    minimum: bound("minimum"),
    exclusiveMinimum: bound("exclusiveMinimum"),
    maximum: bound("maximum"),
    exclusiveMaximum: bound("exclusiveMaximum"),
  }
  const multipleOf = bound("multipleOf")
  if (type === "number" && multipleOf === undefined) {
    const isBounded = Object.values(range).some((value) => value !== undefined)
    return isBounded ? checked(rangedNumber({ ...range, places: PLACES }), path) : undefined
  }
  const places = type === "integer" ? 0 : decimalPlaces(multipleOf!)
  if (places > 0) return checked(rangedNumber({ ...range, places }), path)
  if (multipleOf !== undefined && !(Number.isSafeInteger(multipleOf) && multipleOf > 0)) {
    throw schemaError(path, `says multipleOf: ${multipleOf}; whole numbers and 0.1, 0.01, … are supported`)
  }
  return checked(rangedNumber({ ...range, multipleOf, places: 0 }), path)
}

/** 2 for 0.01; 0 for what is no such unit. */
function decimalPlaces(unit: number): number {
  const places = Array.from({ length: 9 }, (_, index) => index + 1).find((digits) => Number(`1e-${digits}`) === unit)
  return places ?? 0
}

function checked(expression: Expression, path: string): Expression {
  if (expression.kind === "choice" && expression.options.length === 0) {
    throw schemaError(path, "has bounds between which there is no number")
  }
  return expression
}
