import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileSource, openGguf } from "@llava/checkpoint"
import type { Tokenizer } from "@llava/core"
import { describe, expect, test } from "vitest"
import { expectTokenizerVectors, fixturePath, withReference } from "#testing"
import { ggufPreTokenizers } from "./gguf-pre-tokenizers.ts"
import { ggufTokenizer } from "./gguf-tokenizer.ts"
import { ggufTokenizerFiles } from "./gguf-tokenizer-files.ts"
import { loadTokenizerFiles } from "./load-tokenizer-files.ts"

type Metadata = Record<string, unknown>

const texts = [
  ...[
    "",
    " ",
    "  ",
    "a",
    " a",
    "  a  b ",
    "Hello world",
    "don't WON'T I'LL we've",
    "x\ty\r\n\n z \n",
    "1234567 3.14 ½ ٣",
  ],
  ...[
    "日本語のテキスト",
    "Ωmega naïve Straße",
    "👩‍👩‍👧 🇩🇪",
    "a\u0085b\ufeffc\u2028d\u00a0e",
    "</s><s><unk><0x41> [INST]",
    "~`$ ^|<=>",
  ],
  ...[
    "camelCaseHTTPServer",
    "aaaaaaaaaaaaa",
    "ab abab bab",
    "e\u0301 \u0301",
    "\u0000\u0001\u007f",
    "<tool>ab<tool> <tool>",
  ],
]
/** Pieces of the texts in other company. */
const mixed = texts.flatMap((text, i) => [
  text + texts[(i * 7 + 3) % texts.length]!,
  `${texts[(i * 5 + 1) % texts.length]} ${text}`,
])

async function expectSame(metadata: Metadata): Promise<Tokenizer> {
  const original = ggufTokenizer(metadata)
  const written = await loadTokenizerFiles(ggufTokenizerFiles(metadata))
  for (const text of [...texts, ...mixed]) {
    for (const parseSpecialTokens of [false, true]) {
      const ids = original.encode(text, { parseSpecialTokens })
      expect(written.encode(text, { parseSpecialTokens }), JSON.stringify(text)).toEqual(ids)
      expect(written.decode(ids)).toBe(original.decode(ids))
    }
  }
  for (const key of ["vocabSize", "bosTokenId", "eosTokenId", "padTokenId", "unkTokenId", "chatTemplate"] as const) {
    expect(written[key], key).toBe(original[key])
  }
  return written
}

function byteLevelMetadata(more: Metadata): Metadata {
  const json = JSON.parse(readFileSync(fixturePath("tokenizers/byte-level-llama3/tokenizer.json"), "utf8"))
  const tokens = Object.entries<number>(json.model.vocab).sort((a, b) => a[1] - b[1])
  return {
    "tokenizer.ggml.model": "gpt2",
    "tokenizer.ggml.tokens": [...tokens.map(([name]) => name), "<tool>"],
    "tokenizer.ggml.token_type": [...tokens.map(([, id]) => (id < 2 ? 3 : 1)), 4],
    "tokenizer.ggml.merges": json.model.merges.map((merge: [string, string]) => merge.join(" ")),
    "tokenizer.ggml.bos_token_id": 0,
    "tokenizer.ggml.eos_token_id": 1,
    "tokenizer.chat_template": "template",
    ...more,
  }
}

describe("byte-level BPE keeps its ids, cut by the pattern of", () => {
  test.each([...ggufPreTokenizers.keys()])("%s", async (pre) => {
    await expectSame(byteLevelMetadata({ "tokenizer.ggml.pre": pre }))
  })
})

test("what goes around a text is kept", async () => {
  const around = { "tokenizer.ggml.pre": "gpt-2", "tokenizer.ggml.add_bos_token": true }
  expect((await expectSame(byteLevelMetadata(around))).encode("")).toEqual([0])
  const both = { ...around, "tokenizer.ggml.add_eos_token": true }
  expect((await expectSame(byteLevelMetadata(both))).encode("")).toEqual([0, 1])
})

describe("SentencePiece keeps its ids", () => {
  const pieces = [
    "<unk>",
    "<s>",
    "</s>",
    "\u2581",
    "a",
    "b",
    "ab",
    "\u2581ab",
    "aa",
    "<tool>",
    "\u2581\u2581",
    "e",
    "l",
    "o",
    "lo",
  ]
  const metadata = {
    "tokenizer.ggml.model": "llama",
    "tokenizer.ggml.tokens": pieces,
    "tokenizer.ggml.scores": Float32Array.from(pieces, (_, id) => -id),
    "tokenizer.ggml.token_type": pieces.map((_, id) => [2, 3, 3][id] ?? (id === 9 || id === 10 ? 4 : 1)),
  }
  test.each([
    [{}],
    [{ "tokenizer.ggml.add_space_prefix": false }],
    [{ "tokenizer.ggml.remove_extra_whitespaces": true }],
    [{ "tokenizer.ggml.add_bos_token": false, "tokenizer.ggml.add_eos_token": true }],
  ])("with %j", async (more) => {
    await expectSame({ ...metadata, ...more })
  })
})

const readMetadata = async (path: string) => {
  await using checkpoint = await openGguf(await fileSource(path))
  return checkpoint.metadata
}

test("LLaMA's, by the vectors of llama.cpp", async (context) => {
  const folder = withReference(context, "models", "tokenizers", "llama_cpp_vectors")
  const metadata = await readMetadata(join(folder, "ggml-vocab-llama-spm.gguf"))
  expectTokenizerVectors(await expectSame(metadata), folder, "llama-spm")
})

test("SmolLM2's, by transformers' ids", async (context) => {
  const path = withReference(context, "models", "smollm2-135m-instruct", "SmolLM2-135M-Instruct.Q4_1.gguf")
  const tokenizer = await expectSame(await readMetadata(path))
  const golden = JSON.parse(readFileSync(fixturePath("smollm2", "golden.json"), "utf8"))
  for (const { prompt, input_ids } of golden.chat)
    expect(tokenizer.encode(prompt, { parseSpecialTokens: true })).toEqual(input_ids)
  for (const { text, input_ids } of golden.raw) expect(tokenizer.encode(text)).toEqual(input_ids)
})
