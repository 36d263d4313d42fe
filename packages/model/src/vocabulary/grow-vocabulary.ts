import { addTokens } from "@llava/core"
import type { Part } from "../contract/part.ts"
import { Llava } from "../llava/llava.ts"
import type { LlavaOptions } from "../llava/llava-settings.ts"
import { parsePartConfig } from "../load/parse-part-config.ts"
import { selectPart } from "../load/select-part.ts"
import { ModelError } from "../model-error.ts"
import { growTable } from "./grow-table.ts"
import { withAddedTokens } from "./with-added-tokens.ts"

/**
 * A model whose tokenizer has some tokens more, and whose tables (embeddings, output) have a row for each of them: the
 * mean of the rows that there were, as the original LLaVA begins with `<im_start>` and `<im_end>`. Tokens that the
 * tokenizer has keep id and row; rows beyond the vocabulary, with which tables are often padded, are used first. The
 * given model's weights, and its tokenizer, become the new one's: use it no further. Saved, the tokens are in the
 * tokenizer's files.
 *
 * Errors: those of `addTokens`; ModelError "source-missing" for a model whose config is not known, "vocabulary-fixed" for
 * a language model that does not take `vocab_size` from its config.
 */
export async function growVocabulary(
  model: Llava,
  tokens: readonly string[],
  { parts }: { parts: readonly Part[] },
): Promise<Llava> {
  const { options } = model
  const { tokenizer, languageModel, source } = options
  const known = tokenizer.vocabSize
  const missing = tokens.filter((token) => tokenizer.tokenId(token) === undefined)
  if (missing.length === 0) return model
  if (!source) {
    throw new ModelError("The vocabulary of this model cannot grow: its config is not known.", {
      code: "source-missing",
      fix: "Pass `source`, with the config of each part, to composeLlava.",
    })
  }
  const added = addTokens(tokenizer, missing)
  const rows = Math.max(languageModel.vocabSize, ...added.map((id) => id + 1))
  const config = { ...source.languageModel.config, vocab_size: rows }
  const grown = await rebuild(options, { known, added, rows }, config, parts)
  const files = source.tokenizerFolder
  const tokenizerFolder =
    files &&
    withAddedTokens(
      files,
      missing.map((content, i) => ({ content, id: added[i]! })),
    )
  return new Llava({
    ...options,
    languageModel: grown,
    source: { ...source, tokenizerFolder, languageModel: { ...source.languageModel, config } },
  })
}

async function rebuild(
  { device, languageModel }: LlavaOptions,
  growth: { known: number; added: readonly number[]; rows: number },
  config: Readonly<Record<string, unknown>>,
  parts: readonly Part[],
) {
  const { modelType, vocabSize, hiddenSize } = languageModel
  const part = selectPart(parts, "language-model", modelType, "the language model")
  const grown = part.build(await parsePartConfig(part.configSchema, config, "the language model"), device)
  const before = new Map(languageModel.namedParameters())
  const places = [...grown.namedParameters()].map(([path, to]) => [to, before.get(path)] as const)
  const isTable = ([rows, columns, ...more]: readonly number[], size: number) =>
    rows === size && columns === hiddenSize && more.length === 0
  for (const [to, from] of places) {
    const same = from?.shape.join() === to.shape.join()
    const tables = from && isTable(from.shape, vocabSize) && isTable(to.shape, growth.rows)
    if (grown.vocabSize !== growth.rows || !(same || tables)) throw fixed(modelType)
  }
  try {
    for (const [to, from] of places) {
      if (!from?.loaded) continue
      if (!isTable(from.shape, vocabSize)) to.set(from.value)
      else {
        to.set(await growTable(device, from, growth))
        from.dispose()
      }
    }
    return grown
  } catch (error) {
    grown[Symbol.dispose]()
    throw error
  }
}

function fixed(modelType: string): ModelError {
  return new ModelError(
    `The vocabulary of the language model '${modelType}' does not follow vocab_size of its config.`,
    {
      code: "vocabulary-fixed",
      fix: "Add the tokens, and rows of its tables for them, to the model's own files.",
    },
  )
}
