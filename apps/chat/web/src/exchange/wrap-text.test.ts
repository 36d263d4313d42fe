import { expect, test } from "vitest"
import { wrapText } from "./wrap-text.ts"

const wrap = (text: string, width: number) => wrapText(text, width, ({ length }) => length)

test("lines break between words", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"])
  expect(wrap("one two", 7)).toEqual(["one two"])
  expect(wrap("", 7)).toEqual([""])
})

test("line breaks of the text stay, indentation too", () => {
  expect(wrap("a\n\n  b", 7)).toEqual(["a", "", "  b"])
})

test("a word that is too long breaks within", () => {
  expect(wrap("x abcdefghij y", 4)).toEqual(["x", "abcd", "efgh", "ij y"])
  expect(wrap("ab", 0)).toEqual(["a", "b"])
})
