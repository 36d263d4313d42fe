import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { hfTokenizer } from "./hf-tokenizer.ts"

interface Case {
  text: string
  ids: number[]
  bare: number[]
  decoded: string
}

const read = (...parts: string[]) => readFileSync(fixturePath("tokenizers", ...parts), "utf8")
const folders = [
  "byte-level-gpt2",
  "byte-level-digits",
  "byte-level-llama3",
  "llama-legacy",
  "llama-first",
  "llama-metaspace-split",
  "unigram",
  "word-piece",
]

describe.each(folders)("%s", (folder) => {
  const tokenizer = hfTokenizer(read(folder, "tokenizer.json"))
  const { cases }: { cases: Case[] } = JSON.parse(read(folder, "cases.json"))

  test("ids equal those of Hugging Face tokenizers", () => {
    for (const { text, ids, bare } of cases) {
      expect(tokenizer.encode(text), JSON.stringify(text)).toEqual(ids)
      expect(tokenizer.encode(text, { addSpecialTokens: false }), JSON.stringify(text)).toEqual(bare)
    }
  })

  test("decoded text equals theirs, and the bytes of the tokens joined", () => {
    for (const { bare, decoded } of cases) {
      expect(tokenizer.decode(bare)).toBe(decoded)
      const joined = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
        Uint8Array.from(bare.flatMap((id) => [...tokenizer.tokenBytes(id)])),
      )
      expect(tokenizer.stripsLeadingSpace ? joined.replace(/^ /, "") : joined).toBe(decoded)
    }
  })
})

test("add_bos_token and add_eos_token win over the post-processor", () => {
  const text = read("llama-legacy", "tokenizer.json")
  const names = { bosToken: "<s>", eosToken: "</s>" }
  const both = hfTokenizer(text, { ...names, addBosToken: true, addEosToken: true }).encode("ball")
  const none = hfTokenizer(text, { ...names, addBosToken: false }).encode("ball")
  expect(both).toEqual([1, ...none, 2])
  expect(() => hfTokenizer(text, { addEosToken: true })).toThrow(
    expect.objectContaining({ code: "missing-special-token" }),
  )
})

test("damaged and unknown files are refused by name", () => {
  const json = JSON.parse(read("byte-level-gpt2", "tokenizer.json"))
  const open = (change: object) => () => hfTokenizer(JSON.stringify({ ...json, ...change }))
  const malformed = expect.objectContaining({ code: "malformed-tokenizer-file", file: "tokenizer.json" })
  const unsupported = expect.objectContaining({ code: "unsupported-tokenizer", file: "tokenizer.json" })
  expect(() => hfTokenizer('{"model": ')).toThrow(malformed)
  expect(() => hfTokenizer("{}")).toThrow(malformed)
  expect(open({ model: { ...json.model, merges: [["q", "no such token"]] } })).toThrow(malformed)
  expect(open({ model: { ...json.model, merges: ["single"] } })).toThrow(malformed)
  expect(open({ pre_tokenizer: { type: "Unheard" } })).toThrow(unsupported)
  expect(open({ normalizer: { type: "Unheard" } })).toThrow(unsupported)
  expect(open({ decoder: { type: "CTC" } })).toThrow(unsupported)
  expect(open({ pre_tokenizer: { type: "Split", pattern: { Regex: "(" }, behavior: "Isolated" } })).toThrow(unsupported)
})
