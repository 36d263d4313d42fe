import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect } from "vitest"

interface Coder {
  encode(text: string, options: { addSpecialTokens: boolean }): number[]
  decode(ids: readonly number[]): string
}

/** Checks a tokenizer against llama.cpp's vectors: texts between marker lines, and a line of ids for each. */
export function expectTokenizerVectors(tokenizer: Coder, folder: string, name: string): void {
  const texts = readFileSync(join(folder, `ggml-vocab-${name}.gguf.inp`), "utf8").split("\n__ggml_vocab_test__\n")
  const lines = readFileSync(join(folder, `ggml-vocab-${name}.gguf.out`), "utf8").split("\n")
  expect(texts.length).toBeGreaterThan(40)
  expect(lines.length).toBeGreaterThanOrEqual(texts.length)
  for (const [i, text] of texts.entries()) {
    const ids = tokenizer.encode(text, { addSpecialTokens: false })
    const expected = lines[i]!.split(" ")
      .filter((id) => id !== "")
      .map(Number)
    expect(ids, JSON.stringify(text)).toEqual(expected)
    expect(tokenizer.decode(ids)).toBe(text)
  }
}
