// White space is \p{White_Space} throughout: JavaScript's \s adds U+FEFF and lacks U+0085.
const space = "\\p{White_Space}"
const contractions = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])"
const symbols = ` ?[^${space}\\p{L}\\p{N}]+`
const spaces = `${space}+(?!\\P{White_Space})|${space}+`

const gpt2 = `'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+|${symbols}|${spaces}`
const withDigits = (digits: string) =>
  `${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${digits}|${symbols}[\\r\\n]*|${space}*[\\r\\n]+|${spaces}`
const marks = "\\p{Lm}\\p{Lo}\\p{M}"
const tekken =
  `[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}${marks}]*[\\p{Ll}${marks}]+` +
  `|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}${marks}]+[\\p{Ll}${marks}]*` +
  `|\\p{N}|${symbols}[\\r\\n/]*|${space}*[\\r\\n]+|${spaces}`
const punctuation = (more: string) => `[\\p{P}$+<=>^~|${more}]+`

const expressions = (...sources: string[]): readonly RegExp[] => sources.map((source) => new RegExp(source, "gu"))

/**
 * How byte-level BPE cuts text into words before merging: every pattern cuts what the ones before it left.
 * The names are families; {@link ggufPreTokenizers} has the names that GGUF files use.
 */
export const preTokenizerPatterns = {
  /** GPT-2 (Radford et al. 2019). */
  gpt2: expressions(gpt2),
  /** Llama 3 and GPT-4: contractions in any case, up to three digits, line breaks of their own. */
  llama3: expressions(withDigits("\\p{N}{1,3}")),
  /** Qwen 2: as Llama 3, but digits one by one. */
  qwen2: expressions(withDigits("\\p{N}")),
  /** StarCoder: digits one by one, then GPT-2. */
  starcoder: expressions("\\p{N}", gpt2),
  /** Mistral's Tekken: words also break between lower and upper case. */
  tekken: expressions(tekken),
  /** Falcon. */
  falcon: expressions(punctuation("`"), gpt2, "[0-9][0-9][0-9]"),
  /** What llama.cpp does with a GGUF file that names no pre-tokenizer. */
  unnamed: expressions(punctuation(""), gpt2, "\\p{N}+", "[0-9][0-9][0-9]"),
} as const
