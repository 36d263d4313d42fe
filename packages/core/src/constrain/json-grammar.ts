import type { Tokenizer } from "../tokenizer/tokenizer.ts"
import { ConstraintError } from "./constraint-error.ts"
import { jsonObject } from "./json/json-value.ts"
import { GrammarMachine } from "./machine/grammar-machine.ts"
import { oneOf } from "./machine/one-of.ts"
import { optional } from "./machine/optional.ts"
import { sequence } from "./machine/sequence.ts"
import type { JsonSchema } from "./schema/json-schema.ts"
import { schemaExpression } from "./schema/schema-expression.ts"
import { TokenGrammar } from "./token-grammar.ts"

export interface JsonGrammarOptions {
  tokenizer: Tokenizer
  /** Rows that the model chooses from. */
  vocabSize: number
  /** Default: any object. */
  schema?: JsonSchema | undefined
}

/**
 * Holds answers to JSON, valid under a schema where there is one: `begin` gives the constraint of one answer. A space may
 * stand in front, since many tokenizers begin a word with one.
 *
 * Errors: ConstraintError "schema-unsupported" for a schema with demands that cannot be kept to (none is passed over),
 * "nothing-valid".
 */
export function jsonGrammar({ schema, ...vocabulary }: JsonGrammarOptions): TokenGrammar {
  const expression = schema === undefined ? jsonObject : schemaExpression(schema)
  if (!new GrammarMachine(expression).start.mayGoOn) {
    throw new ConstraintError("Nothing is valid under the schema.", { code: "nothing-valid" })
  }
  return new TokenGrammar(sequence(optional(oneOf(" ")), expression), vocabulary)
}
