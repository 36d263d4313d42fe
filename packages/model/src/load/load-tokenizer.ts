import { addTokens, type Tokenizer } from "@llava/core"
import type { LanguageModelPart, Part } from "../contract/part.ts"
import { ModelError } from "../model-error.ts"
import type { LoadOptions } from "./load-options.ts"
import type { Manifest } from "./manifest.ts"
import type { ModelFolder } from "./model-folder.ts"

/** Any of them makes a folder one with a tokenizer of its own. */
const tokenizerFile = /^(tokenizer\.(json|model)|vocab\.json)$/

export interface LoadedTokenizer {
  tokenizer: Tokenizer
  /** The folder that its files are in; undefined for one that was given. */
  from: ModelFolder | undefined
}

/**
 * The tokenizer given, or the folder's (or its base's), opened by the language model's part (or any part that can),
 * with the tokens that `mm_use_im_patch_token` and `mm_use_im_start_end` add (llava/model/builder.py).
 */
export async function loadTokenizer(
  folder: ModelFolder,
  manifest: Manifest,
  part: LanguageModelPart,
  vocabSize: number,
  options: LoadOptions,
  base: ModelFolder | undefined,
): Promise<LoadedTokenizer> {
  const inFolder = folder.files.some((file) => tokenizerFile.test(file))
  const from = options.tokenizer ? undefined : inFolder || !base ? folder : base
  const tokenizer = from ? await openTokenizer(from, part, options.parts) : options.tokenizer!
  const patch = manifest.image?.imagePatchToken ? ["<im_patch>"] : []
  const startEnd = manifest.image?.imageStartEnd ? ["<im_start>", "<im_end>"] : []
  const missing = [...patch, ...startEnd].filter((token) => tokenizer.tokenId(token) === undefined)
  // The patch token is never written in prompts: a checkpoint without a row for it does without.
  const wanted =
    tokenizer.vocabSize + missing.length <= vocabSize ? missing : startEnd.filter((token) => missing.includes(token))
  if (wanted.length > 0) addTokens(tokenizer, wanted)
  return { tokenizer, from }
}

async function openTokenizer(folder: ModelFolder, part: LanguageModelPart, parts: readonly Part[]): Promise<Tokenizer> {
  const opener = part.loadTokenizer ? part : parts.find((other) => other.loadTokenizer)
  if (!opener?.loadTokenizer) {
    throw new ModelError(`None of the parts can open the tokenizer of ${folder.name}.`, {
      code: "no-tokenizer",
      fix: "Pass one as the option `tokenizer`.",
    })
  }
  const files = new Map(folder.files.map((file) => [file, () => folder.read(file)]))
  return opener.loadTokenizer(files, (file) => `${folder.name}/${file}`)
}
