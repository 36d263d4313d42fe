import { expect, test } from "vitest"
import { parseAnswer } from "./parse-answer.ts"

test.each([
  ["B", "B"],
  ["C. because", "C"],
  ["So it is. The answer is D.", "D"],
  ["The answer is E!", "E"],
  ["The answer is B. BECAUSE: it is.", "B"],
  ["So, the answer is ice. The answer is G.", "G"],
  ["The answer is B. The answer is C.", undefined],
  ["The answer is B. The answer is B.", undefined],
  ["The answer is B", undefined],
  ["The answer is B\n", undefined],
  ["F", undefined],
  ["F. because", undefined],
  ["b", undefined],
  ["B.", undefined],
  [" B", undefined],
  ["", undefined],
])("the current rule reads %j as %j", (text, letter) => {
  expect(parseAnswer(text)).toBe(letter)
})

test("the legacy rule knows only the sentence", () => {
  expect(["B", "B. x", "The answer is B."].map((text) => parseAnswer(text, "legacy"))).toEqual([
    undefined,
    undefined,
    "B",
  ])
})
