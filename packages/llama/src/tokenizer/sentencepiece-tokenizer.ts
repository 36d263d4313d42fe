import type { AssembledTokenizer } from "@llava/core"
import { finishTokenizer } from "./finish-tokenizer.ts"
import { sentencePieceBody } from "./sentencepiece-body.ts"
import { readSentencePieceModel } from "./sentencepiece-model.ts"
import type { TokenizerSettings } from "./tokenizer-settings.ts"

/**
 * The tokenizer of a SentencePiece `.model` file, with the behaviour of Hugging Face's `LlamaTokenizer`:
 * BOS in front, no EOS, and by default `legacy` (every stretch of text between special tokens begins with a space).
 *
 * @param settings What `tokenizer_config.json` says ({@link readTokenizerSettings}); everything has a default.
 * @throws TokenizerError when the file is damaged or of an unsupported kind.
 */
export function sentencePieceTokenizer(
  bytes: Uint8Array,
  settings: TokenizerSettings & { file?: string } = {},
): AssembledTokenizer {
  const file = settings.file ?? "tokenizer.model"
  const body = sentencePieceBody(readSentencePieceModel(bytes, file), file, settings.legacy ?? true)
  const addBosToken = settings.addBosToken ?? (body.bosTokenId !== undefined || settings.bosToken !== undefined)
  return finishTokenizer(body, { ...settings, addBosToken }, file)
}
