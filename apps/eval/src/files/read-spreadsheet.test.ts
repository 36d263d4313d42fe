import { readFileSync } from "node:fs"
import { parseAnswers } from "@llava/eval"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { readSpreadsheet } from "./read-spreadsheet.ts"
import { readText } from "./read-text.ts"

const table = (name: string) => fixturePath("eval/tables", name)

test("a spreadsheet of VLMEvalKit holds the answers of its table", async () => {
  const book = parseAnswers(await readText(table("vlmevalkit.xlsx")), "f")
  const plain = parseAnswers(await readText(table("vlmevalkit.tsv")), "f")
  const texts = ({ answers }: typeof book) => [...answers].map(([id, { text }]) => [id, text])
  expect(texts(book)).toEqual(texts(plain))
  expect(texts(book)).toEqual([
    ["1", "The answer is A."],
    ["2", "B"],
    ["3", "Ünïcode: 猫 <b>&amp;</b>"],
    ["7", "3"],
  ])
  expect(book.layout).toBe("VLMEvalKit records")
  expect(book.answers.get("3")!.line()).toBe(4)
})

test("one that is cut off is refused by name", async () => {
  const bytes = readFileSync(table("vlmevalkit.xlsx"))
  await expect(readSpreadsheet(bytes.subarray(0, 3000), "cut.xlsx")).rejects.toThrow(
    /cut\.xlsx: The spreadsheet cannot be read/,
  )
})
