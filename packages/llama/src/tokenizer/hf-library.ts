import * as library from "@huggingface/tokenizers"

interface HfNormalizer {
  normalize(text: string): string
}
interface HfPreTokenizer {
  pre_tokenize(text: string): string[]
}
interface HfPostProcessor {
  post_process(tokens: string[], pair: null, addSpecialTokens: boolean): { tokens: string[] }
}

/** The parts that the library builds from their description in `tokenizer.json`. */
export interface HfComponents {
  normalizer: HfNormalizer | null
  pre_tokenizer: HfPreTokenizer | null
  post_processor: HfPostProcessor | null
}

interface HfLibrary {
  Tokenizer: new (tokenizer: object, config: object) => HfComponents
  SplitPreTokenizer: new (config: object) => { pattern: RegExp | null }
  WordPiece: new (config: object) => { encode(words: string[]): string[] }
}

/** The members of @huggingface/tokenizers in use. Its own declarations do not resolve under NodeNext. */
export const hfLibrary = library as unknown as HfLibrary
