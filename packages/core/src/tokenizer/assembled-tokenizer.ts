import { type AddedToken, addedToken } from "./added-token.ts"
import { AddedTokenSplitter } from "./added-token-splitter.ts"
import { ByteRunDecoder } from "./byte-run-decoder.ts"
import type { ByteFallback, EncodeOptions, Tokenizer } from "./tokenizer.ts"
import { TokenizerError } from "./tokenizer-error.ts"

/** What one kind of tokenizer has to say for itself; {@link AssembledTokenizer} does the rest. */
export interface TokenizerParts {
  /** Name by id; holes are allowed. */
  tokens: readonly (string | undefined)[]
  /** Ids of text that holds no added token. `isStart`: nothing stands before it, not even an added token. */
  encodeText(text: string, isStart: boolean): number[]
  /** The bytes that an ordinary token adds to the text. */
  tokenBytes(id: number): Uint8Array
  addedTokens: readonly AddedToken[]
  /** Applied between added tokens of the raw text and those of the normalised text. Default: nothing. */
  normalize?: (text: string) => string
  /** Ids that `addSpecialTokens` puts in front and behind. */
  prefix: readonly number[]
  suffix: readonly number[]
  bosTokenId?: number | undefined
  eosTokenId?: number | undefined
  padTokenId?: number | undefined
  unkTokenId?: number | undefined
  chatTemplate?: string | undefined
  stripsLeadingSpace: boolean
  byteFallback?: ByteFallback | undefined
  /** Decoding drops white space at both ends (CLIP). Default false. */
  trimsDecoded?: boolean
}

interface Splitters {
  raw: AddedTokenSplitter
  normalized: AddedTokenSplitter
}

const nothing = new Uint8Array(0)

/** A {@link Tokenizer} made of parts: handles added tokens, special tokens and decoding for every kind. */
export class AssembledTokenizer implements Tokenizer {
  readonly bosTokenId: number | undefined
  readonly eosTokenId: number | undefined
  readonly padTokenId: number | undefined
  readonly unkTokenId: number | undefined
  readonly chatTemplate: string | undefined
  readonly stripsLeadingSpace: boolean
  readonly byteFallback: ByteFallback | undefined

  readonly #parts: TokenizerParts
  readonly #names: (string | undefined)[]
  readonly #ids: Map<string, number>
  readonly #added = new Map<number, AddedToken>()
  #splitters: { withSpecial: Splitters; withoutSpecial: Splitters } | undefined

  constructor(parts: TokenizerParts) {
    this.#parts = parts
    this.bosTokenId = parts.bosTokenId
    this.eosTokenId = parts.eosTokenId
    this.padTokenId = parts.padTokenId
    this.unkTokenId = parts.unkTokenId
    this.chatTemplate = parts.chatTemplate
    this.stripsLeadingSpace = parts.stripsLeadingSpace
    this.byteFallback = parts.byteFallback
    this.#names = [...parts.tokens]
    this.#ids = new Map()
    for (const [id, name] of this.#names.entries()) {
      if (name !== undefined && !this.#ids.has(name)) this.#ids.set(name, id)
    }
    for (const token of parts.addedTokens) this.#register(token)
  }

  get vocabSize(): number {
    return this.#names.length
  }

  /** See {@link addTokens}. */
  addTokens(contents: readonly string[], flags: { special: boolean }): number[] {
    return contents.map((content) => {
      if (content === "") {
        throw new TokenizerError("An added token must have a name.", { code: "empty-token" })
      }
      const known = this.#ids.get(content)
      const id = known ?? this.#names.length
      if (known === undefined || !this.#added.has(id)) this.#register(addedToken({ id, content, ...flags }))
      return id
    })
  }

  encode(text: string, options: EncodeOptions = {}): number[] {
    const { addSpecialTokens = true, parseSpecialTokens = true } = options
    const splitters = this.#currentSplitters()[parseSpecialTokens ? "withSpecial" : "withoutSpecial"]
    const ids = addSpecialTokens ? [...this.#parts.prefix] : []
    // Lone surrogates have no UTF-8; they become U+FFFD here, as TextEncoder would do later.
    for (const section of splitters.raw.split(text.toWellFormed())) {
      if ("token" in section) ids.push(section.token.id)
      else this.#encodeSection(section.text, section.offset === 0, splitters.normalized, ids)
    }
    if (addSpecialTokens) for (const id of this.#parts.suffix) ids.push(id)
    return ids
  }

  decode(ids: readonly number[], options: { skipSpecialTokens?: boolean } = {}): string {
    const { skipSpecialTokens = true } = options
    const decoder = new ByteRunDecoder(this.byteFallback)
    const names = new TextEncoder()
    let decoded = ""
    for (const id of ids) {
      if (!this.isSpecial(id)) decoded += decoder.push(this.tokenBytes(id), id)
      else if (!skipSpecialTokens) decoded += decoder.push(names.encode(this.#names[id]))
    }
    decoded += decoder.flush()
    const text = this.stripsLeadingSpace && decoded.startsWith(" ") ? decoded.slice(1) : decoded
    return this.#parts.trimsDecoded ? text.trim() : text
  }

  tokenId(token: string): number | undefined {
    return this.#ids.get(token)
  }

  tokenBytes(id: number): Uint8Array {
    const token = this.#added.get(id)
    if (token) return token.special ? nothing : new TextEncoder().encode(token.content)
    return this.#isKnown(id) ? this.#parts.tokenBytes(id) : nothing
  }

  isSpecial(id: number): boolean {
    return this.#added.get(id)?.special ?? false
  }

  #encodeSection(text: string, isStart: boolean, splitter: AddedTokenSplitter, ids: number[]): void {
    const normalized = this.#parts.normalize?.(text) ?? text
    for (const section of splitter.split(normalized)) {
      if ("token" in section) ids.push(section.token.id)
      else for (const id of this.#parts.encodeText(section.text, isStart && section.offset === 0)) ids.push(id)
    }
  }

  #register(token: AddedToken): void {
    this.#added.set(token.id, token)
    this.#ids.set(token.content, token.id)
    while (this.#names.length < token.id) this.#names.push(undefined)
    this.#names[token.id] = token.content
    this.#splitters = undefined
  }

  /** Whether the id has a token. Embeddings are often padded beyond the vocabulary: those ids are legal and empty. */
  #isKnown(id: number): boolean {
    if (Number.isInteger(id) && id >= 0) return this.#names[id] !== undefined
    throw new TokenizerError(`${id} is not a token id.`, {
      code: "invalid-token-id",
      fix: "Ids are whole numbers from 0; take image placeholders such as -200 out before decoding.",
    })
  }

  #currentSplitters() {
    const build = (tokens: AddedToken[]): Splitters => {
      const normalize = this.#parts.normalize ?? ((text: string) => text)
      const isNormalized = (token: AddedToken) => token.normalized && this.#parts.normalize !== undefined
      return {
        raw: new AddedTokenSplitter(
          tokens.filter((token) => !isNormalized(token)).map((token) => ({ token, pattern: token.content })),
        ),
        normalized: new AddedTokenSplitter(
          tokens.filter(isNormalized).map((token) => ({ token, pattern: normalize(token.content) })),
        ),
      }
    }
    const tokens = [...this.#added.values()]
    this.#splitters ??= {
      withSpecial: build(tokens),
      withoutSpecial: build(tokens.filter((token) => !token.special)),
    }
    return this.#splitters
  }
}
