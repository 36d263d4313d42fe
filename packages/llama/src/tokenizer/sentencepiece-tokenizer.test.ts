import { readFileSync } from "node:fs"
import { addTokens } from "@llava/core"
import { describe, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { sentencePieceTokenizer } from "./sentencepiece-tokenizer.ts"

const modelBytes = readFileSync(fixturePath("prompts", "tokenizer.model"))
const llama = sentencePieceTokenizer(modelBytes)
const bare = { addSpecialTokens: false }

describe.each(["sentencepiece-bpe", "sentencepiece-unigram", "sentencepiece-unigram-bytes"])("%s", (folder) => {
  const tokenizer = sentencePieceTokenizer(readFileSync(fixturePath("tokenizers", folder, "tokenizer.model")))
  const { cases } = JSON.parse(readFileSync(fixturePath("tokenizers", folder, "cases.json"), "utf8"))

  test("ids equal those of SentencePiece", () => {
    for (const { text, bare } of cases) {
      const ids = tokenizer.encode(text, { addSpecialTokens: false, parseSpecialTokens: false })
      expect(ids, JSON.stringify(text)).toEqual(bare)
    }
  })
})

describe("the tokenizer of LLaMA", () => {
  test("has LLaMA's special tokens", () => {
    expect(llama).toMatchObject({
      vocabSize: 32_000,
      bosTokenId: 1,
      eosTokenId: 2,
      unkTokenId: 0,
      stripsLeadingSpace: true,
    })
    expect(llama.padTokenId).toBeUndefined()
  })

  test("gives the ids of the original LLaVA's prompts", () => {
    const { generation } = JSON.parse(readFileSync(fixturePath("prompts", "golden.json"), "utf8"))
    expect(generation.length).toBeGreaterThan(0)
    for (const { prompt, input_ids } of generation) {
      const pieces: string[] = prompt.split("<image>")
      const ids = pieces.flatMap((piece, i) => (i === 0 ? llama.encode(piece) : [-200, ...llama.encode(piece, bare)]))
      expect(ids).toEqual(input_ids)
    }
  })

  test("legacy puts a space in front of every stretch of text, else of the first alone", () => {
    const modern = sentencePieceTokenizer(modelBytes, { legacy: false })
    const [space] = llama.encode(" ", bare)
    expect(llama.encode("</s>\n", bare)).toEqual([2, 29_871, 13])
    expect(modern.encode("</s>\n", bare)).toEqual([2, 13])
    expect(modern.encode("hello", bare)).toEqual(llama.encode("hello", bare))
    expect(space).toBe(259)
  })

  test("takes the names of special tokens for text when told so", () => {
    expect(llama.encode("</s>", bare)).toEqual([2])
    const ids = llama.encode("</s>", { ...bare, parseSpecialTokens: false })
    expect(ids).not.toContain(2)
    expect(llama.decode(ids)).toBe("</s>")
  })

  test("round trip of any text without U+2581; tokens' bytes joined are the text", () => {
    let state = 11
    const random = (below: number) => {
      state = (state * 48271) % 2147483647
      return state % below
    }
    for (let round = 0; round < 200; round++) {
      const codes = Array.from({ length: random(40) }, () => (random(3) ? 32 + random(95) : random(0x10ffff)))
      const text = codes
        .map((code) => String.fromCodePoint(code === 0x2581 ? 32 : code))
        .join("")
        .toWellFormed()
      const ids = llama.encode(text, { ...bare, parseSpecialTokens: false })
      expect(llama.decode(ids)).toBe(text)
      const joined = Buffer.concat(ids.map((id) => llama.tokenBytes(id))).toString("utf8")
      expect(joined.slice(text ? 1 : 0)).toBe(text)
    }
  })

  test("100 KB, and one word of 100 KB, take well under seconds", () => {
    const start = performance.now()
    llama.encode("The quick brown fox jumps over the lazy dog. ".repeat(2300))
    llama.encode("a".repeat(100_000))
    expect(performance.now() - start).toBeLessThan(5000)
  })

  test("takes the tokens that the first LLaVA adds", () => {
    const tokenizer = sentencePieceTokenizer(modelBytes)
    expect(addTokens(tokenizer, ["<im_patch>", "<im_start>", "<im_end>", "[PAD]"])).toEqual([
      32_000, 32_001, 32_002, 32_003,
    ])
    expect(tokenizer.encode("<im_start><im_patch><im_patch><im_end>", bare)).toEqual([32_001, 32_000, 32_000, 32_002])
  })

  test("settings beside it are heard", () => {
    const tokenizer = sentencePieceTokenizer(modelBytes, {
      addEosToken: true,
      padToken: "<pad>",
      addedTokens: [
        { id: 32_000, content: "<image>", special: true },
        { content: "<pad>", special: true },
      ],
    })
    expect(tokenizer).toMatchObject({ vocabSize: 32_002, padTokenId: 32_001 })
    expect(tokenizer.encode("<image>")).toEqual([1, 32_000, 2])
  })
})

test("damaged files are refused by name", () => {
  const malformed = expect.objectContaining({ code: "malformed-tokenizer-file", file: "my.model" })
  const open = (bytes: Uint8Array) => () => sentencePieceTokenizer(bytes, { file: "my.model" })
  expect(open(new Uint8Array(0))).toThrow(malformed)
  expect(open(modelBytes.subarray(0, 1001))).toThrow(malformed)
  expect(open(new TextEncoder().encode('{"no": "protobuf"}'))).toThrow(malformed)
  expect(open(new Uint8Array(300).fill(0xff))).toThrow(malformed)
  const bytes = Uint8Array.from(readFileSync(fixturePath("tokenizers", "sentencepiece-unigram", "tokenizer.model")))
  for (let i = 0; i < bytes.length; i += 997) {
    const broken = bytes.slice(0, i)
    try {
      sentencePieceTokenizer(broken, { file: "my.model" }).encode("Some text")
    } catch (error) {
      expect(error).toMatchObject({ code: "malformed-tokenizer-file", file: "my.model" })
    }
  }
})
