import { type JsonSchema, jsonGrammar, type TokenGrammar } from "@llava/core"
import type { AnswerEngine } from "../contract/answer-engine.ts"

/** Grammars that are kept: making one takes time, and whoever asks in a form asks again. */
const KEPT = 16

const grammars = new WeakMap<AnswerEngine, Map<string, TokenGrammar>>()

/** The grammar of a schema, or of any object, over the vocabulary of a model. Errors: those of `jsonGrammar`. */
export function grammarFor(engine: AnswerEngine, schema: JsonSchema | undefined): TokenGrammar {
  const kept = grammars.get(engine) ?? new Map<string, TokenGrammar>()
  grammars.set(engine, kept)
  const key = JSON.stringify(schema) ?? ""
  const { tokenizer, languageModel } = engine
  const grammar = kept.get(key) ?? jsonGrammar({ tokenizer, vocabSize: languageModel.vocabSize, schema })
  kept.delete(key)
  kept.set(key, grammar)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
  return grammar
}
