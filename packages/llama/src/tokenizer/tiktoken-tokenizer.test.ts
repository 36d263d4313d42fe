import { readFileSync } from "node:fs"
import gpt2Ranks from "js-tiktoken/ranks/gpt2"
import { expect, test } from "vitest"
import { expectTokenizerVectors, withReference } from "#testing"
import { preTokenizerPatterns } from "./pre-tokenizer-patterns.ts"
import { tiktokenTokenizer } from "./tiktoken-tokenizer.ts"

const bare = { addSpecialTokens: false }
const base64 = (bytes: number[]) => Buffer.from(bytes).toString("base64")
/** Every byte, then "ab", "abc" and "bc". */
const small = [
  ...Array.from({ length: 256 }, (_, byte) => base64([byte])),
  base64([97, 98]),
  base64([97, 98, 99]),
  base64([98, 99]),
]
const file = (tokens: string[]) => new TextEncoder().encode(tokens.map((token, rank) => `${token} ${rank}\n`).join(""))

/** GPT-2's ranks as a rank file; the package stores them as runs of consecutive ranks. */
function gpt2File(): Uint8Array {
  const tokens: string[] = []
  for (const line of gpt2Ranks.bpe_ranks.split("\n")) {
    const [, first, ...run] = line.split(" ")
    for (const [i, token] of run.entries()) tokens[Number(first) + i] = token
  }
  return file(tokens)
}

test("merges the lowest rank first, and takes whole words as they are", () => {
  const tokenizer = tiktokenTokenizer(file(small), { specialTokens: ["<|begin_of_text|>", "<|end_of_text|>"] })
  expect(tokenizer.encode("abc", bare)).toEqual([257])
  expect(tokenizer.encode("xbc", bare)).toEqual([120, 258])
  expect(tokenizer.encode("abcbc")).toEqual([259, 257, 258])
  expect(tokenizer).toMatchObject({ vocabSize: 261, bosTokenId: 259, eosTokenId: 260 })
})

test("the vectors of GPT-2", (context) => {
  const folder = withReference(context, "models", "tokenizers", "llama_cpp_vectors")
  const pattern = preTokenizerPatterns.gpt2[0]!
  const tokenizer = tiktokenTokenizer(gpt2File(), { pattern, specialTokens: ["<|endoftext|>"] })
  expect(tokenizer.vocabSize).toBe(50_257)
  expectTokenizerVectors(tokenizer, folder, "gpt-2")
})

test("the vectors of Llama 3", (context) => {
  const folder = withReference(context, "models", "tokenizers", "llama_cpp_vectors")
  const model = withReference(context, "models", "tokenizers", "llama3", "tokenizer.model")
  const tokenizer = tiktokenTokenizer(readFileSync(model))
  expect(tokenizer).toMatchObject({ vocabSize: 128_256, bosTokenId: 128_000, eosTokenId: 128_001 })
  expect(tokenizer.encode("<|eot_id|>")).toEqual([128_000, 128_009])
  expectTokenizerVectors(tokenizer, folder, "llama-bpe")
})

test("damaged files are refused by line", () => {
  const open = (text: string) => () => tiktokenTokenizer(new TextEncoder().encode(text), { file: "my.model" })
  const malformed = (line: number) =>
    expect.objectContaining({
      code: "malformed-tokenizer-file",
      message: expect.stringContaining(`my.model: Line ${line} `),
    })
  expect(open("IQ== 0\nnonsense\n")).toThrow(malformed(2))
  expect(open("IQ== 0\nIg== 2\n")).toThrow(malformed(2))
  expect(open("IQ== 0\nIg== 1\n")).toThrow(malformed(3))
  expect(open("A 0\n")).toThrow(malformed(1))
})
