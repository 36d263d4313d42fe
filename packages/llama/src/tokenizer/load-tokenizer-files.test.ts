import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { loadTokenizerFiles } from "./load-tokenizer-files.ts"

const model = readFileSync(fixturePath("prompts", "tokenizer.model"))
const json = readFileSync(fixturePath("tokenizers", "byte-level-gpt2", "tokenizer.json"))
const { model: bpe } = JSON.parse(json.toString("utf8"))
const merges = ["#version: 0.2", ...bpe.merges.map((merge: [string, string]) => merge.join(" ")), ""].join("\n")
const ranks = Array.from({ length: 256 }, (_, byte) => `${Buffer.from([byte]).toString("base64")} ${byte}\n`).join("")

const files = (contents: Record<string, string | Uint8Array>) =>
  new Map(
    Object.entries(contents).map(([name, content]) => [
      name,
      async () => (typeof content === "string" ? new TextEncoder().encode(content) : content),
    ]),
  )

test("tokenizer.json comes first", async () => {
  const tokenizer = await loadTokenizerFiles(files({ "tokenizer.json": json, "tokenizer.model": model }))
  expect(tokenizer.vocabSize).toBeLessThan(1000)
})

test("tokenizer.model is SentencePiece or tiktoken, by content", async () => {
  const sentencePiece = await loadTokenizerFiles(files({ "tokenizer.model": model }))
  expect(sentencePiece.encode("hello")).toEqual([1, 22_172])
  const tiktoken = await loadTokenizerFiles(files({ "tokenizer.model": ranks }))
  expect(tiktoken.encode("hi")).toEqual([256, 104, 105])
})

test("vocab.json with merges.txt is byte-level BPE", async () => {
  const vocab = JSON.stringify(bpe.vocab)
  const tokenizer = await loadTokenizerFiles(files({ "vocab.json": vocab, "merges.txt": merges }))
  const { cases } = JSON.parse(readFileSync(fixturePath("tokenizers", "byte-level-gpt2", "cases.json"), "utf8"))
  const plain = cases.filter(({ text }: { text: string }) => !/<|word/.test(text))
  expect(plain.length).toBeGreaterThan(20)
  for (const { text, bare } of plain) expect(tokenizer.encode(text)).toEqual(bare)
  const clip = files({ "vocab.json": vocab, "merges.txt": "#version\ni n</w>\n" })
  await expect(loadTokenizerFiles(clip)).rejects.toMatchObject({ code: "unsupported-tokenizer" })
})

test("the settings beside it are read", async () => {
  const config = { bos_token: "<s>", eos_token: "</s>", pad_token: "<unk>", add_eos_token: true, chat_template: "own" }
  const tokenizer = await loadTokenizerFiles(
    files({
      "tokenizer.model": model,
      "tokenizer_config.json": JSON.stringify(config),
      "chat_template.jinja": "jinja",
    }),
  )
  expect(tokenizer).toMatchObject({ padTokenId: 0, chatTemplate: "jinja" })
  expect(tokenizer.encode("hello")).toEqual([1, 22_172, 2])
})

test("no tokenizer: the error names what was looked for, by its path", async () => {
  const error = await loadTokenizerFiles(
    files({ "config.json": "{}", "vocab.json": "{}" }),
    (name) => `m/${name}`,
  ).catch((cause) => cause)
  expect(error).toMatchObject({ code: "no-tokenizer" })
  expect(error.message).toContain("m/tokenizer.json, m/tokenizer.model, m/vocab.json (with merges.txt)")
})
