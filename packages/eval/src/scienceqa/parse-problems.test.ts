import { describe, expect, test } from "vitest"
import { parseProblems } from "./parse-problems.ts"
import { parseSplits } from "./parse-splits.ts"
import { selectProblems } from "./select-problems.ts"

const problem = {
  question: "?",
  choices: ["x", "y"],
  answer: 1,
  hint: null,
  image: null,
  grade: "grade2",
  subject: "social science",
}
const files = { problems: "p.json", splits: "s.json" }

test("an object by id and a list with ids are the same; null and absent fields are empty", () => {
  const object = parseProblems(JSON.stringify({ 4: problem }), "p.json")
  expect(object.get("4")).toMatchObject({ hint: "", image: "", lecture: "" })
  const list = parseProblems(JSON.stringify([{ ...problem, id: 4 }]), "p.json")
  expect(list.get("4")).toMatchObject({ ...object.get("4") })
})

describe("what cannot be scored is refused by name and line", () => {
  test.each([
    [
      "an answer outside the choices",
      `{\n"4": ${JSON.stringify({ ...problem, answer: 2 })}\n}`,
      /p\.json:2: The problem 4 .*answer: the answer is outside/,
    ],
    ["a problem without choices", `{"4": {"question": "?", "answer": 0}}`, /p\.json:1: The problem 4 .*choices/],
    [
      "a problem that is there twice",
      `{"4": ${JSON.stringify(problem)},\n"4": ${JSON.stringify(problem)}}`,
      /p\.json:2: 4 is there twice/,
    ],
    ["a problem without id", JSON.stringify([problem]), /p\.json:1: A problem has no id/],
  ])("%s", (_, text, message) => {
    expect(() => parseProblems(text, "p.json")).toThrow(message)
  })

  test("problems that the split names and the file lacks", () => {
    const problems = parseProblems(JSON.stringify({ 4: problem }), "p.json")
    const splits = parseSplits('{"test": [4, "5", "6"], "val": ["9"]}', "s.json")
    expect(() => selectProblems(problems, splits, "test", files)).toThrow(
      /p\.json: 2 of the 3 problems .* absent: 5, 6/,
    )
    expect(() => selectProblems(problems, splits, "tset", files)).toThrow(
      /s\.json: There is no split "tset"\. It has test, val/,
    )
  })

  test("a split with an id twice", () => {
    expect(() => parseSplits('{"test": ["4",\n"4"]}', "s.json")).toThrow(/s\.json:2: The split test has the id 4 twice/)
  })
})
