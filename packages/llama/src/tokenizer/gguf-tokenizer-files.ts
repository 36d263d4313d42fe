import { ggufTokenizer } from "./gguf-tokenizer.ts"
import { readGgufTokenizerData } from "./gguf-tokenizer-data.ts"
import { ggufTokenizerJson } from "./gguf-tokenizer-json.ts"
import type { TokenizerFiles } from "./load-tokenizer-files.ts"

/**
 * The tokenizer inside a GGUF file as the files of a model folder, `tokenizer.json` and `tokenizer_config.json`, with
 * which Hugging Face's libraries and this one give the same ids; each is made when it is read, with the errors of
 * `ggufTokenizer`. What cannot be said there: pieces of SentencePiece that are marked unused are never met in text.
 */
export function ggufTokenizerFiles(metadata: Readonly<Record<string, unknown>>, file = "GGUF file"): TokenizerFiles {
  const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`)
  return new Map([
    ["tokenizer.json", async () => json(tokenizerJson(metadata, file))],
    ["tokenizer_config.json", async () => json(tokenizerConfig(metadata, file))],
  ])
}

function tokenizerJson(metadata: Readonly<Record<string, unknown>>, file: string): unknown {
  const data = readGgufTokenizerData(metadata, file)
  return ggufTokenizerJson(data, surroundings(metadata, file), file)
}

function tokenizerConfig(metadata: Readonly<Record<string, unknown>>, file: string): unknown {
  const tokenizer = ggufTokenizer(metadata, file)
  const tokens = readGgufTokenizerData(metadata, file)["tokenizer.ggml.tokens"]
  const { prefix, suffix } = surroundings(metadata, file)
  const name = (id: number | undefined) => (id === undefined ? undefined : tokens[id])
  return {
    // Takes tokenizer.json as it is, whatever the model.
    tokenizer_class: "PreTrainedTokenizerFast",
    add_bos_token: prefix.length > 0,
    add_eos_token: suffix.length > 0,
    bos_token: name(tokenizer.bosTokenId),
    eos_token: name(tokenizer.eosTokenId),
    pad_token: name(tokenizer.padTokenId),
    unk_token: name(tokenizer.unkTokenId),
    clean_up_tokenization_spaces: false,
    model_max_length: metadata[`${metadata["general.architecture"]}.context_length`],
    chat_template: tokenizer.chatTemplate,
  }
}

/** What goes before and behind every text: all that is left of an empty one. */
function surroundings(metadata: Readonly<Record<string, unknown>>, file: string) {
  const around = ggufTokenizer(metadata, file).encode("")
  const end = around.length - (metadata["tokenizer.ggml.add_eos_token"] === true ? 1 : 0)
  return { prefix: around.slice(0, end), suffix: around.slice(end) }
}
