import type { Tokenizer } from "../tokenizer/tokenizer.ts"
import { ConstraintError } from "./constraint-error.ts"
import { jsonObject } from "./json/json-value.ts"
import { GrammarMachine } from "./machine/grammar-machine.ts"
import { oneOf } from "./machine/one-of.ts"
import { optional } from "./machine/optional.ts"
import { sequence } from "./machine/sequence.ts"
import { checkNesting } from "./schema/check-nesting.ts"
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

/** Grammars that are kept for a tokenizer: making one takes time, and who asks in a form asks again. */
const KEPT = 16

const grammars = new WeakMap<Tokenizer, Map<string, TokenGrammar>>()

/**
 * Holds answers to JSON, valid under a schema where there is one: `begin` gives the constraint of one answer. A space may
 * stand in front, since many tokenizers begin a word with one. The last few grammars of a tokenizer are remembered.
 *
 * Errors: ConstraintError "schema-unsupported" for a schema with demands that cannot be kept to (none is passed over),
 * "nothing-valid".
 */
export function jsonGrammar({ tokenizer, vocabSize, schema }: JsonGrammarOptions): TokenGrammar {
  checkNesting(schema)
  const kept = grammars.get(tokenizer) ?? new Map<string, TokenGrammar>()
  grammars.set(tokenizer, kept)
  // Tokens can be added later; then it is another grammar.
  const key = JSON.stringify([vocabSize, tokenizer.vocabSize, schema])
  const grammar = kept.get(key) ?? newGrammar({ tokenizer, vocabSize, schema })
  kept.delete(key)
  kept.set(key, grammar)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
  return grammar
}

function newGrammar({ schema, ...vocabulary }: JsonGrammarOptions): TokenGrammar {
  const expression = schema === undefined ? jsonObject : schemaExpression(schema)
  if (!new GrammarMachine(expression).start.mayGoOn) {
    throw new ConstraintError("Nothing is valid under the schema.", { code: "nothing-valid" })
  }
  return new TokenGrammar(sequence(optional(oneOf(" ")), expression), vocabulary)
}
