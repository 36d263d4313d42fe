import { type JsonSchema, jsonGrammar, type TokenGrammar } from "@llava/core"
import type { Llava } from "@llava/model"

/** Grammars that are kept for a model: making one takes time, and who asks in a form asks again. */
const KEPT = 16

const grammars = new WeakMap<Llava, Map<string, TokenGrammar>>()

/** What holds a model's answers to a schema, or to any object. Errors: those of `jsonGrammar`. */
export function jsonGrammarOf(model: Llava, schema: JsonSchema | undefined): TokenGrammar {
  const kept = grammars.get(model) ?? new Map<string, TokenGrammar>()
  grammars.set(model, kept)
  const key = JSON.stringify(schema) ?? ""
  const { tokenizer, languageModel } = model
  const grammar = kept.get(key) ?? jsonGrammar({ tokenizer, vocabSize: languageModel.vocabSize, schema })
  kept.delete(key)
  kept.set(key, grammar)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
  return grammar
}
