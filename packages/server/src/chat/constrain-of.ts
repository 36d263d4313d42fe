import { ConstraintError, jsonGrammar, type TokenConstraint } from "@llava/core"
import type { AnswerEngine } from "../contract/answer-engine.ts"
import { ApiError } from "../error/api-error.ts"
import type { ResponseFormat } from "../schema/response-format.ts"

/** What holds an answer to a `response_format`. Errors: ApiError 400 for a schema that answers cannot be held to. */
export function constrainOf(
  format: ResponseFormat | null | undefined,
  { tokenizer, languageModel }: AnswerEngine,
): (() => TokenConstraint) | undefined {
  if (!format || format.type === "text") return undefined
  try {
    const schema = format.type === "json_schema" ? format.json_schema.schema : undefined
    const grammar = jsonGrammar({ tokenizer, vocabSize: languageModel.vocabSize, schema })
    return () => grammar.begin()
  } catch (cause) {
    if (!(cause instanceof ConstraintError)) throw cause
    throw new ApiError(cause.message, { status: 400, code: "invalid_json_schema", param: "response_format", cause })
  }
}
