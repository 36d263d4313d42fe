import { choice } from "../machine/choice.ts"
import type { Expression } from "../machine/expression.ts"
import { lazy } from "../machine/lazy.ts"
import { enclosed } from "./enclosed.ts"
import { jsonNumber } from "./json-number.ts"
import { jsonString } from "./json-string.ts"
import { member } from "./member.ts"
import { separated } from "./separated.ts"

const value = lazy(() => jsonValue)

/** Any object. */
export const jsonObject: Expression = enclosed("{", separated(member(jsonString(), value)))

/** Any array. */
export const jsonArray: Expression = enclosed("[", separated(value))

/** Any JSON value. */
export const jsonValue: Expression = choice(jsonObject, jsonArray, jsonString(), jsonNumber, "true", "false", "null")
