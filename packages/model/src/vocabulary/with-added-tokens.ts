import type { ModelFolder } from "../load/model-folder.ts"
import { readJson } from "../load/read-json.ts"

/** A token and its place behind a vocabulary. */
export interface NewToken {
  readonly id: number
  readonly content: string
}

type Json = Readonly<Record<string, unknown>>

const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true } as const

/**
 * A folder of a tokenizer's files in which further special tokens stand where Hugging Face's tokenizers look for them:
 * in `tokenizer.json`, and in `tokenizer_config.json` where that lists tokens by id. Older folders have neither: there
 * `added_tokens.json` gives their ids, and `tokenizer_config.json` says that they are special.
 */
export function withAddedTokens(folder: ModelFolder, tokens: readonly NewToken[]): ModelFolder {
  const edits = editsOf(folder.files, tokens)
  return {
    name: folder.name,
    files: [...new Set([...folder.files, ...edits.keys()])].sort(),
    async read(file) {
      const edit = edits.get(file)
      if (!edit) return folder.read(file)
      const changed = edit((await readJson(folder, file)) ?? {})
      return new TextEncoder().encode(`${JSON.stringify(changed, undefined, 2)}\n`)
    },
    openWeights: (file) => folder.openWeights(file),
    related: (path) => folder.related(path),
  }
}

/** What changes in which file. */
function editsOf(files: readonly string[], tokens: readonly NewToken[]): Map<string, (before: Json) => Json> {
  const listed = (config: Json) => ({
    ...config,
    added_tokens_decoder: {
      ...(config["added_tokens_decoder"] as Json),
      ...Object.fromEntries(tokens.map(({ id, content }) => [id, { content, ...flags }])),
    },
  })
  const named = (config: Json) => ({
    ...config,
    additional_special_tokens: [...list(config["additional_special_tokens"]), ...tokens.map(({ content }) => content)],
  })
  const hasJson = files.includes("tokenizer.json")
  const edits = new Map<string, (before: Json) => Json>()
  if (!hasJson || files.includes("tokenizer_config.json")) {
    edits.set("tokenizer_config.json", (config) => {
      if ("added_tokens_decoder" in config) return listed(config)
      return hasJson ? config : named(config)
    })
  }
  if (hasJson) {
    edits.set("tokenizer.json", (json) => ({
      ...json,
      added_tokens: [...list(json["added_tokens"]), ...tokens.map(({ id, content }) => ({ id, content, ...flags }))],
    }))
  } else {
    const ids = Object.fromEntries(tokens.map(({ id, content }) => [content, id]))
    edits.set("added_tokens.json", (added) => ({ ...added, ...ids }))
  }
  return edits
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
