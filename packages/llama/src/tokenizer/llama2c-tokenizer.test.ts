import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { expectTokenizerVectors, withReference } from "#testing"
import { llama2cTokenizer } from "./llama2c-tokenizer.ts"

test("LLaMA's tokenizer in the form of llama2.c gives the same ids", (context) => {
  const folder = withReference(context, "models", "tokenizers", "llama_cpp_vectors")
  const path = withReference(context, "models", "tokenizers", "llama1_sentencepiece", "tokenizer.bin")
  expectTokenizerVectors(llama2cTokenizer(readFileSync(path)), folder, "llama-spm")
})

test("the tokenizer of stories260K round-trips", (context) => {
  const tokenizer = llama2cTokenizer(readFileSync(withReference(context, "models", "stories260K", "tok512.bin")))
  expect(tokenizer).toMatchObject({ vocabSize: 512, bosTokenId: 1, eosTokenId: 2 })
  const text = "Once upon a time, there was a little girl named Lily.\nShe said: “öl 東京”."
  expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
})

test("damaged files are refused", () => {
  const malformed = expect.objectContaining({ code: "malformed-tokenizer-file", file: "tokenizer.bin" })
  expect(() => llama2cTokenizer(new Uint8Array(11))).toThrow(malformed)
  expect(() => llama2cTokenizer(new Uint8Array(40).fill(0x7f))).toThrow(malformed)
  expect(() => llama2cTokenizer(new Uint8Array(4))).toThrow(malformed)
})
