import { ModelError } from "../model-error.ts"
import { Llava } from "./llava.ts"
import type { LlavaOptions } from "./llava-settings.ts"

/**
 * Makes a LLaVA of loaded parts, which it then owns. Errors: "tokenizer-size" where the tokenizer has more ids than the
 * model rows, "parts" for an encoder without projector or the reverse.
 */
export function composeLlava(options: LlavaOptions): Llava {
  const { languageModel, tokenizer } = options
  if (tokenizer.vocabSize > languageModel.vocabSize) {
    throw new ModelError(
      `The tokenizer has ${tokenizer.vocabSize} ids, the language model ${languageModel.vocabSize} rows.`,
      { code: "tokenizer-size", fix: "Use the tokenizer that belongs to the model." },
    )
  }
  return new Llava(options)
}
