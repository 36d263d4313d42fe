import { expect, test } from "vitest"
import { addTokens } from "./add-tokens.ts"
import { addedToken } from "./added-token.ts"
import { AssembledTokenizer } from "./assembled-tokenizer.ts"
import { byteToCharacter, characterToByte } from "./byte-alphabet.ts"
import type { Tokenizer } from "./tokenizer.ts"

/** One token a byte, and `<s>`, `</s>` behind. */
function byteTokenizer(): AssembledTokenizer {
  return new AssembledTokenizer({
    tokens: byteToCharacter,
    encodeText: (text) => [...new TextEncoder().encode(text)],
    tokenBytes: (id) => Uint8Array.of(id),
    addedTokens: [addedToken({ id: 256, content: "<s>" }), addedToken({ id: 257, content: "</s>" })],
    prefix: [256],
    suffix: [],
    bosTokenId: 256,
    eosTokenId: 257,
    stripsLeadingSpace: false,
  })
}

test("every byte has one printable character", () => {
  expect(new Set(byteToCharacter).size).toBe(256)
  for (const [byte, character] of byteToCharacter.entries()) {
    expect(characterToByte.get(character)).toBe(byte)
    expect(character).toMatch(/^[^\p{White_Space}\p{Cc}\p{Cf}]$/u)
  }
  expect(byteToCharacter[0x20]).toBe("Ġ")
  expect(byteToCharacter[0x0a]).toBe("Ċ")
})

test("special tokens are recognised unless told otherwise, and skipped when decoding unless told otherwise", () => {
  const tokenizer = byteTokenizer()
  expect(tokenizer.encode("a</s>")).toEqual([256, 97, 257])
  expect(tokenizer.encode("a</s>", { addSpecialTokens: false, parseSpecialTokens: false })).toEqual([
    97, 60, 47, 115, 62,
  ])
  expect(tokenizer.decode([256, 97, 257])).toBe("a")
  expect(tokenizer.decode([256, 97, 257], { skipSpecialTokens: false })).toBe("<s>a</s>")
  expect(tokenizer.tokenBytes(257)).toHaveLength(0)
})

test("added tokens go behind the vocabulary; known ones keep their id", () => {
  const tokenizer = byteTokenizer()
  expect(addTokens(tokenizer, ["<im_patch>", "<im_start>", "</s>"])).toEqual([258, 259, 257])
  expect(addTokens(tokenizer, ["<plain>"], { special: false })).toEqual([260])
  expect(tokenizer.vocabSize).toBe(261)
  expect(tokenizer.tokenId("<im_start>")).toBe(259)
  expect(tokenizer.encode("<im_start>x<plain>", { addSpecialTokens: false })).toEqual([259, 120, 260])
  expect(tokenizer.encode("<plain>", { addSpecialTokens: false, parseSpecialTokens: false })).toEqual([260])
  expect(tokenizer.decode([259, 120, 260])).toBe("x<plain>")
  expect(() => addTokens(tokenizer, [""])).toThrow(expect.objectContaining({ code: "empty-token" }))
})

test("a tokenizer of another make takes no tokens", () => {
  const other: Tokenizer = {
    ...byteTokenizer(),
    vocabSize: 1,
    encode: () => [],
    decode: () => "",
    tokenId: () => undefined,
    tokenBytes: () => new Uint8Array(),
    isSpecial: () => false,
  }
  expect(() => addTokens(other, ["x"])).toThrow(expect.objectContaining({ code: "tokens-not-addable" }))
})

test("bytes that are no UTF-8 and lone surrogates become U+FFFD", () => {
  const tokenizer = byteTokenizer()
  expect(tokenizer.decode([0xe6, 0x9d])).toBe("\ufffd")
  expect(tokenizer.decode([0xff, 0x41])).toBe("\ufffdA")
  expect(tokenizer.decode(tokenizer.encode("a\ud800b"))).toBe("a\ufffdb")
  expect(tokenizer.decode([0xef, 0xbb, 0xbf, 0x41])).toBe("\ufeffA")
})

test("ids beyond the vocabulary add nothing; what is no id is refused", () => {
  const tokenizer = byteTokenizer()
  expect(tokenizer.decode([97, 32_063])).toBe("a")
  for (const id of [-200, 1.5, Number.NaN]) {
    expect(() => tokenizer.decode([id])).toThrow(expect.objectContaining({ code: "invalid-token-id" }))
  }
})
