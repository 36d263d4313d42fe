import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileSource, openGguf } from "@llava/checkpoint"
import { describe, expect, test } from "vitest"
import { expectTokenizerVectors, fixturePath, withReference } from "#testing"
import { ggufTokenizer } from "./gguf-tokenizer.ts"

const readMetadata = async (path: string) => {
  await using checkpoint = await openGguf(await fileSource(path))
  return checkpoint.metadata
}

/** Byte-level BPE as a GGUF file would hold it, made from a `tokenizer.json`. */
function byteLevelMetadata(folder: string): Record<string, unknown> {
  const json = JSON.parse(readFileSync(fixturePath("tokenizers", folder, "tokenizer.json"), "utf8"))
  const tokens = Object.entries<number>(json.model.vocab).sort((a, b) => a[1] - b[1])
  return {
    "tokenizer.ggml.model": "gpt2",
    "tokenizer.ggml.pre": folder === "byte-level-llama3" ? "llama-bpe" : "gpt-2",
    "tokenizer.ggml.tokens": tokens.map(([name]) => name),
    "tokenizer.ggml.token_type": Int32Array.from(tokens, ([, id]) => (id < 2 ? 3 : 1)),
    "tokenizer.ggml.merges": json.model.merges.map((merge: [string, string]) => merge.join(" ")),
    "tokenizer.ggml.bos_token_id": 0,
    "tokenizer.ggml.eos_token_id": 1,
    "tokenizer.chat_template": "template",
  }
}

test("byte-level BPE: ids equal those of the tokenizer.json it was made from", () => {
  const { cases } = JSON.parse(readFileSync(fixturePath("tokenizers", "byte-level-llama3", "cases.json"), "utf8"))
  const tokenizer = ggufTokenizer(byteLevelMetadata("byte-level-llama3"))
  for (const { text, ids } of cases) expect(tokenizer.encode(text), JSON.stringify(text)).toEqual(ids)
  expect(tokenizer).toMatchObject({ bosTokenId: 0, eosTokenId: 1, chatTemplate: "template" })
})

test("BOS goes in front when the file or the family says so", () => {
  const metadata = byteLevelMetadata("byte-level-gpt2")
  expect(ggufTokenizer(metadata).encode("a")).toHaveLength(1)
  expect(ggufTokenizer({ ...metadata, "tokenizer.ggml.add_bos_token": true }).encode("a")).toHaveLength(2)
  expect(
    ggufTokenizer({ ...metadata, "tokenizer.ggml.add_eos_token": true })
      .encode("a")
      .at(-1),
  ).toBe(1)
})

describe("SentencePiece", () => {
  const pieces = ["<unk>", "<s>", "</s>", "<0x41>", "\u2581", "a", "b", "ab", "\u2581ab", "<tool>", "\u2581\u2581"]
  const metadata = {
    "tokenizer.ggml.model": "llama",
    "tokenizer.ggml.tokens": pieces,
    "tokenizer.ggml.scores": Float32Array.from(pieces, (_, id) => -id),
    "tokenizer.ggml.token_type": [2, 3, 3, 1, 1, 1, 1, 1, 1, 4, 4],
  }

  test("merges by score; a space goes in front of every stretch of text", () => {
    const tokenizer = ggufTokenizer(metadata)
    expect(tokenizer.encode("ab")).toEqual([1, 8])
    expect(tokenizer.encode("ab<tool>ab</s>", { parseSpecialTokens: true })).toEqual([1, 8, 9, 8, 2])
    expect(tokenizer.encode(" a")).toEqual([1, 10, 5])
    expect(tokenizer.decode([1, 10, 5])).toBe(" a")
    const bare = ggufTokenizer({ ...metadata, "tokenizer.ggml.add_space_prefix": false })
    expect(bare.encode("ab")).toEqual([1, 7])
  })

  test("what no piece covers is unknown, once for a run", () => {
    expect(ggufTokenizer(metadata).encode("a東京b")).toEqual([1, 4, 5, 0, 6])
  })
})

test("the vectors of LLaMA", async (context) => {
  const folder = withReference(context, "models", "tokenizers", "llama_cpp_vectors")
  const tokenizer = ggufTokenizer(await readMetadata(join(folder, "ggml-vocab-llama-spm.gguf")))
  expect(tokenizer).toMatchObject({ vocabSize: 32_000, bosTokenId: 1, eosTokenId: 2, unkTokenId: 0 })
  expectTokenizerVectors(tokenizer, folder, "llama-spm")
})

test("the prompts of SmolLM2", async (context) => {
  const path = withReference(context, "models", "smollm2-135m-instruct", "SmolLM2-135M-Instruct.Q4_1.gguf")
  const tokenizer = ggufTokenizer(await readMetadata(path))
  const golden = JSON.parse(readFileSync(fixturePath("smollm2", "golden.json"), "utf8"))
  for (const { prompt, input_ids, greedy_ids, greedy_text } of golden.chat) {
    expect(tokenizer.encode(prompt)).toEqual(input_ids)
    expect(tokenizer.decode(greedy_ids)).toBe(greedy_text)
  }
  for (const { text, input_ids } of golden.raw) expect(tokenizer.encode(text)).toEqual(input_ids)
  expect(tokenizer.chatTemplate).toContain("<|im_start|>")
})

test("what is missing, wrong or unknown is named", () => {
  const good = byteLevelMetadata("byte-level-gpt2")
  const open = (change: object) => () => ggufTokenizer({ ...good, ...change }, "my.gguf")
  const fails = (code: string, message: string) =>
    expect.objectContaining({ code, file: "my.gguf", message: expect.stringContaining(message) })
  expect(() => ggufTokenizer({}, "my.gguf")).toThrow(fails("malformed-tokenizer-file", "tokenizer.ggml.model"))
  expect(open({ "tokenizer.ggml.model": "t5" })).toThrow(fails("unsupported-tokenizer", '"t5"'))
  expect(open({ "tokenizer.ggml.pre": "unheard" })).toThrow(fails("unsupported-tokenizer", "llama-bpe"))
  expect(open({ "tokenizer.ggml.merges": undefined })).toThrow(fails("malformed-tokenizer-file", "merges"))
  expect(open({ "tokenizer.ggml.merges": ["lonely"] })).toThrow(fails("malformed-tokenizer-file", "lonely"))
  expect(open({ "tokenizer.ggml.token_type": [1, 2] })).toThrow(fails("malformed-tokenizer-file", "2 entries"))
})
