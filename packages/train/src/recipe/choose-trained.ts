import type { Tokenizer } from "@llava/core"
import { type LanguageModel, matchPattern } from "@llava/model"
import type { Parameter } from "@llava/tensor"
import { TrainError } from "../train-error.ts"
import type { Recipe } from "./recipe-schema.ts"

/** A model, or an objective: that has no vocabulary, and so no rows by token. */
interface Trainable {
  namedParameters(): Iterable<readonly [path: string, parameter: Parameter]>
  readonly tokenizer?: Pick<Tokenizer, "tokenId">
  readonly languageModel?: Pick<LanguageModel, "vocabSize">
}

/**
 * Makes trainable what a recipe names, and nothing else; each parameter once, under its first path. What is named as a
 * whole is trained so, even if some of its rows are named besides. Errors: TrainError "nothing-matches" for a pattern that
 * names no parameter, "token-missing", "rows-unsuited" for rows by token of what is no table of the vocabulary.
 */
export function chooseTrained(model: Trainable, train: Recipe["train"]): [path: string, parameter: Parameter][] {
  const all = [...model.namedParameters()]
  const patterns = train.filter((entry) => typeof entry === "string")
  const paths = all.map(([path]) => path)
  for (const entry of train) expectMatch(typeof entry === "string" ? entry : entry.match, paths)
  const rows = rowsByParameter(
    model,
    all,
    train.filter((entry) => typeof entry !== "string"),
  )
  const whole = new Set(
    all.flatMap(([path, parameter]) => (patterns.some((pattern) => matchPattern(pattern, path)) ? [parameter] : [])),
  )
  const chosen = new Map<Parameter, string>()
  for (const [path, parameter] of all) {
    const isTrained = whole.has(parameter) || rows.has(parameter)
    if (isTrained && !chosen.has(parameter)) chosen.set(parameter, path)
    const some = whole.has(parameter) ? undefined : rows.get(parameter)
    if (some) parameter.trainRows([...some])
    else parameter.trainable = isTrained
  }
  return Array.from(chosen, ([parameter, path]) => [path, parameter])
}

function rowsByParameter(
  { tokenizer, languageModel }: Trainable,
  all: readonly (readonly [path: string, parameter: Parameter])[],
  entries: readonly Exclude<Recipe["train"][number], string>[],
): Map<Parameter, Set<number>> {
  const rows = new Map<Parameter, Set<number>>()
  for (const { match, tokens, optional } of entries) {
    const ids = tokens.map((token) => tokenizer?.tokenId(token))
    if (optional && ids.every((id) => id === undefined)) continue
    for (const [path, parameter] of all.filter(([path]) => matchPattern(match, path))) {
      if (parameter.shape.length !== 2 || parameter.shape[0] !== languageModel?.vocabSize) {
        throw new TrainError(`The recipe trains rows of ${path}, which has no row for each token.`, {
          code: "rows-unsuited",
          fix: "Name the table of embeddings: embed_tokens of LLaMAs.",
        })
      }
      const own = rows.get(parameter) ?? new Set()
      for (const [at, id] of ids.entries()) own.add(id ?? unknown(tokens[at]!))
      rows.set(parameter, own)
    }
  }
  return rows
}

function unknown(token: string): never {
  throw new TrainError(`The recipe trains the embedding of ${token}, but the model's tokenizer has no such token.`, {
    code: "token-missing",
    fix: "Leave it out of `train`, or set `optional` beside it.",
  })
}

function expectMatch(pattern: string, paths: readonly string[]): void {
  if (paths.some((path) => matchPattern(pattern, path))) return
  const examples = [...new Set(paths.map((path) => path.split(".").slice(0, 2).join(".")))].slice(0, 6)
  throw new TrainError(`The recipe trains ${pattern}, but no parameter of the model is called so.`, {
    code: "nothing-matches",
    fix: `There are, for example: ${examples.join(", ")}.`,
  })
}
