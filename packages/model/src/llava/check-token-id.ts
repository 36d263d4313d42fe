import type { LanguageModel } from "../contract/language-model.ts"
import { ModelError } from "../model-error.ts"

/** Errors: "token-id" for an id outside the vocabulary. */
export function checkTokenId(id: number, { vocabSize }: LanguageModel): void {
  if (id >= 0 && id < vocabSize) return
  throw new ModelError(`Token id ${id} is outside the vocabulary of ${vocabSize}.`, {
    code: "token-id",
    fix: "Use the tokenizer that belongs to the model.",
  })
}
