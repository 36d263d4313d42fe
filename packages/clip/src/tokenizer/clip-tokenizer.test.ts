import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Tokenizer } from "@llava/core"
import { expect, test } from "vitest"
import { fixturePath, withReference } from "#testing"
import { clipTextInputs } from "./clip-text-inputs.ts"
import { clipTokenizer } from "./clip-tokenizer.ts"
import { loadClipTokenizerFiles } from "./load-clip-tokenizer-files.ts"

const read = (name: string) => readFileSync(fixturePath("tokenizers", "clip", name), "utf8")
const vocab = read("vocab.json")
const merges = read("merges.txt")
const small = clipTokenizer({ vocab, merges })
const { cases } = JSON.parse(read("cases.json"))
const [start, end] = [small.vocabSize - 2, small.vocabSize - 1]

test("ids equal those of Hugging Face's CLIPTokenizerFast", () => {
  expect(cases.length).toBeGreaterThan(50)
  for (const { text, ids } of cases) expect(small.encode(text), JSON.stringify(text)).toEqual(ids)
})

test("the list of merges alone stands for the same vocabulary", () => {
  const tokenizer = clipTokenizer({ simpleVocabulary: `"bpe_simple_vocab${merges}` })
  expect(tokenizer.vocabSize).toBe(small.vocabSize)
  for (const { text, ids } of cases) expect(tokenizer.encode(text)).toEqual(ids)
})

test("tokenizer.json alone holds the same vocabulary", async () => {
  const pairs = merges.trim().split("\n").slice(1)
  const { "<|startoftext|>": start, "<|endoftext|>": end, ...vocabulary } = JSON.parse(vocab)
  const added = [
    { id: start, content: "<|startoftext|>", special: true },
    { id: end, content: "<|endoftext|>", special: true },
  ]
  const open = (model: object) => {
    const bytes = Buffer.from(JSON.stringify({ added_tokens: added, model: { type: "BPE", ...model } }))
    return loadClipTokenizerFiles(new Map([["tokenizer.json", async () => bytes]]))
  }
  // Merges are pairs since tokenizers 0.20, lines before.
  for (const written of [pairs, pairs.map((pair) => pair.split(" "))]) {
    const tokenizer = await open({ vocab: vocabulary, merges: written, end_of_word_suffix: "</w>" })
    for (const { text, ids } of cases) expect(tokenizer.encode(text)).toEqual(ids)
  }
  await expect(open({ vocab: vocabulary, merges: pairs })).rejects.toMatchObject({
    code: "malformed-tokenizer-file",
    file: "tokenizer.json",
  })
})

test("bytes that a small vocabulary lacks are unknown, which is the end of text", () => {
  const { "^</w>": lacking, ...smaller } = JSON.parse(vocab)
  const tokenizer = clipTokenizer({ vocab: JSON.stringify(smaller), merges })
  const ids = small.encode("why ^")
  expect(ids).toContain(lacking)
  expect(tokenizer.encode("why ^")).toEqual(ids.map((id) => (id === lacking ? end : id)))
  expect(() => clipTokenizer({ vocab: JSON.stringify({ ...smaller, a: undefined }), merges })).toThrow("is no token")
})

test("decoding gives lower-case words with single spaces", () => {
  expect(small.decode(small.encode("A  Red\nBall"))).toBe("a red ball")
  expect(small.decode(small.encode("東京"), { skipSpecialTokens: false })).toBe("<|startoftext|>東京 <|endoftext|>")
})

test("rows are padded behind, or cut with the end of text kept", () => {
  const word = small.encode("ball", { addSpecialTokens: false })
  const inputs = clipTextInputs(small, ["ball", "ball ".repeat(20), ""], { length: 2 + 2 * word.length })
  const row = (i: number) => [...inputs.ids.subarray(i * inputs.length, (i + 1) * inputs.length)]
  expect(row(0)).toEqual([start, ...word, end, ...word.map(() => end)])
  expect(row(1)).toEqual([start, ...word, ...word, end])
  expect(row(2)).toEqual([start, end, ...word.map(() => end), ...word.map(() => end)])
  expect([...inputs.attentionMask.subarray(0, inputs.length)]).toEqual([
    1,
    ...word.map(() => 1),
    1,
    ...word.map(() => 0),
  ])
  expect(clipTextInputs(small, ["ball"], { padTokenId: 0 }).ids.at(-1)).toBe(0)
  expect(clipTextInputs(small, ["a", "b"])).toMatchObject({ texts: 2, length: 77 })
  expect(() => clipTextInputs(small, ["a"], { length: 1 })).toThrow(
    expect.objectContaining({ code: "invalid-text-inputs" }),
  )
})

test("names of special tokens in a caption are text", () => {
  const { ids } = clipTextInputs(small, ["a <|endoftext|> b"])
  expect(ids.indexOf(end)).toBeGreaterThan(5)
})

test("the published vocabulary in both forms", async (context) => {
  const folder = withReference(context, "models", "tokenizers", "clip_hf")
  const open = (...names: string[]) =>
    loadClipTokenizerFiles(new Map(names.map((name) => [name, async () => readFileSync(join(folder, name))])))
  const published = await open("vocab.json", "merges.txt")
  const simple = await open("bpe_simple_vocab_16e6.txt.gz")
  expect(published.vocabSize).toBe(49_408)
  expect(published.encode("a photo of a cat")).toEqual([49_406, 320, 1125, 539, 320, 2368, 49_407])
  expect(simple.vocabSize).toBe(49_408)
  const allBytes = (tokenizer: Tokenizer) =>
    Array.from({ length: tokenizer.vocabSize }, (_, id) => Buffer.from(tokenizer.tokenBytes(id)).toString("hex"))
  expect(allBytes(simple)).toEqual(allBytes(published))
  for (const { text } of cases) expect(simple.encode(text)).toEqual(published.encode(text))
})

test("damaged and missing files are refused by name", async () => {
  const malformed = (file: string) => expect.objectContaining({ code: "malformed-tokenizer-file", file })
  expect(() => clipTokenizer({ vocab: "{", merges })).toThrow(malformed("vocab.json"))
  expect(() => clipTokenizer({ vocab: '{"a": 0}', merges })).toThrow(malformed("vocab.json"))
  expect(() => clipTokenizer({ vocab, merges: "#version\none two three\n" })).toThrow(malformed("merges.txt"))
  expect(() => clipTokenizer({ vocab, merges: "#version\nno such\n" })).toThrow(malformed("merges.txt"))
  await expect(loadClipTokenizerFiles(new Map())).rejects.toMatchObject({ code: "no-tokenizer" })
  const notGzip = new Map([["bpe_simple_vocab_16e6.txt.gz", async () => new Uint8Array(20)]])
  await expect(loadClipTokenizerFiles(notGzip)).rejects.toMatchObject({ code: "malformed-tokenizer-file" })
})
