import { preTokenizerPatterns } from "./pre-tokenizer-patterns.ts"

export interface GgufPreTokenizer {
  patterns: readonly RegExp[]
  /** A word that is a token as a whole is taken as it is, whatever its merges say. */
  ignoresMerges: boolean
  /** Whether BOS goes in front when the file does not say. */
  addsBos: boolean
}

const make = (patterns: readonly RegExp[], flags: Partial<GgufPreTokenizer> = {}): GgufPreTokenizer => ({
  patterns,
  ignoresMerges: false,
  addsBos: false,
  ...flags,
})
const gpt2 = make(preTokenizerPatterns.gpt2)
const llama3 = make(preTokenizerPatterns.llama3, { ignoresMerges: true, addsBos: true })
const cl100k = make(preTokenizerPatterns.llama3)
const qwen2 = make(preTokenizerPatterns.qwen2)
const starcoder = make(preTokenizerPatterns.starcoder)

/** Pre-tokenizers by `tokenizer.ggml.pre`, as llama.cpp maps them. */
export const ggufPreTokenizers: ReadonlyMap<string, GgufPreTokenizer> = new Map([
  ["default", make(preTokenizerPatterns.unnamed)],
  ...["gpt-2", "gpt2", "phi-2", "mpt", "olmo", "jais", "trillion", "roberta-bpe"].map((name) => [name, gpt2] as const),
  ...["llama3", "llama-v3", "llama-bpe", "falcon3"].map((name) => [name, llama3] as const),
  ...["dbrx", "smaug-bpe", "chatglm-bpe", "glm4"].map((name) => [name, cl100k] as const),
  ...["qwen2", "deepseek-r1-qwen", "stablelm2", "megrez", "hunyuan"].map((name) => [name, qwen2] as const),
  // Hugging Face's reading of these files, with GPT-2's pattern alone; llama.cpp also sets digits apart, which differs
  // only where several white spaces stand before a digit (docs/decisions/tokenizers.md).
  ["smollm", gpt2],
  ...["starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b"].map(
    (name) => [name, starcoder] as const,
  ),
  ["tekken", make(preTokenizerPatterns.tekken, { ignoresMerges: true, addsBos: true })],
  ["falcon", make(preTokenizerPatterns.falcon)],
])
