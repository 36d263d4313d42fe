import { readFileSync } from "node:fs"
import { saveLlava } from "@llava/model"
import { Tensor } from "@llava/tensor"
import { expect, it } from "vitest"
import { byteTokenizer, evaluate, fixturePath, testDevice } from "#testing"
import { type LanguageSizes, writeLanguageGguf } from "../testing/gguf-files.ts"
import { inTemporaryFolder } from "../testing/in-temporary-folder.ts"
import { openModel } from "./open-model.ts"

const device = await testDevice()
const source = fixturePath("llama-mha", "model")
const sizes = JSON.parse(readFileSync(`${source}/config.json`, "utf8")) as LanguageSizes
const ids = [5, 80, 260, 261, 17, 300]

/** Byte-level BPE that fills the vocabulary: the bytes as GPT-2 writes them, merges of letters, special tokens. */
function tokenizerMetadata() {
  const bytes = Array.from({ length: 256 }, (_, byte) => {
    const printed = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173)
    return printed ? String.fromCharCode(byte) : undefined
  })
  let next = 256
  const letters = bytes.map((letter) => letter ?? String.fromCharCode(next++))
  const merges = [..."abcdefghijklmnopqrstuvwxyz"].map((letter) => `${letter} e`)
  const special = ["<|start|>", "<|end|>"]
  const tokens = [...letters, ...merges.map((merge) => merge.replace(" ", "")), ...special]
  const filled = [...tokens, ...Array.from({ length: sizes.vocab_size - tokens.length }, (_, i) => `<unused${i}>`)]
  return {
    "tokenizer.ggml.model": "gpt2",
    "tokenizer.ggml.pre": "smollm",
    "tokenizer.ggml.tokens": filled,
    "tokenizer.ggml.token_type": Int32Array.from(filled, (token) => (special.includes(token) ? 3 : 1)),
    "tokenizer.ggml.merges": merges,
    "tokenizer.ggml.bos_token_id": filled.indexOf("<|start|>"),
    "tokenizer.ggml.eos_token_id": filled.indexOf("<|end|>"),
    "tokenizer.chat_template": "{% for message in messages %}<|start|>{{ message['content'] }}<|end|>{% endfor %}",
  }
}

it("a language model of a GGUF file is saved whole: weights, tokenizer, chat template, ends", async () => {
  await inTemporaryFolder(async (folder) => {
    const file = `${folder}/language.gguf`
    await writeLanguageGguf(file, source, sizes, "llama", tokenizerMetadata())
    await using opened = await openModel(file, { device })
    const saved = `${folder}/saved`
    await saveLlava(opened, saved)
    await using again = await openModel(saved, { device })
    expect(again.template.name).toBe("chat_template")
    expect(again.tokenizer.chatTemplate).toBe(opened.tokenizer.chatTemplate)
    expect(again.options.endTokenIds).toEqual([283])
    for (const text of ["here we are: 3.5 €", " déjà\n\n vu <|end|>"]) {
      expect(again.tokenizer.encode(text)).toEqual(opened.tokenizer.encode(text))
      expect(again.tokenizer.decode(again.tokenizer.encode(text))).toBe(text.replace("<|end|>", ""))
    }
    const logits = ({ languageModel }: typeof opened) =>
      evaluate(device, () => {
        const input = Tensor.from(device, Int32Array.from(ids), [1, ids.length])
        return languageModel.logits(languageModel.forward(languageModel.embed(input)))
      })
    expect(await logits(again)).toEqual(await logits(opened))
  })
})

it("a tokenizer that was passed in leaves no files", async () => {
  await inTemporaryFolder(async (folder) => {
    const file = `${folder}/language.gguf`
    await writeLanguageGguf(file, source, sizes, "llama", tokenizerMetadata())
    await using opened = await openModel(file, { device, tokenizer: byteTokenizer(), template: "plain" })
    await saveLlava(opened, `${folder}/saved`)
    const again = openModel(`${folder}/saved`, { device, template: "plain" })
    await expect(again).rejects.toThrow(expect.objectContaining({ code: "no-tokenizer" }))
  })
})
