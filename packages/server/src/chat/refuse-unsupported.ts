import { ApiError } from "../error/api-error.ts"

/** Fields that would change the answer if we knew them, and the values with which they do not. */
const unsupported: Readonly<Record<string, (value: unknown) => boolean>> = {
  tools: (value) => isEmpty(value),
  tool_choice: (value) => value === "none" || value === "auto",
  functions: (value) => isEmpty(value),
  function_call: (value) => value === "none" || value === "auto",
  logit_bias: (value) => isEmpty(value),
  frequency_penalty: (value) => value === 0,
  presence_penalty: (value) => value === 0,
  modalities: (value) => Array.isArray(value) && value.every((one) => one === "text"),
  audio: () => false,
  web_search_options: () => false,
  best_of: (value) => value === 1,
  suffix: (value) => value === "",
  echo: (value) => value === false,
  dimensions: () => false,
}

/**
 * Refuses fields of OpenAI's that this server does not know and that would change the result; others are ignored, as
 * OpenAI does. Errors: ApiError 400 "unsupported_parameter".
 */
export function refuseUnsupported(body: Readonly<Record<string, unknown>>): void {
  for (const [field, isHarmless] of Object.entries(unsupported)) {
    const value = body[field]
    if (value === undefined || value === null || isHarmless(value)) continue
    throw new ApiError(`${field} is not supported here, and leaving it out would change the answer.`, {
      status: 400,
      code: "unsupported_parameter",
      param: field,
      fix: "Send the request without it.",
    })
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0
}
