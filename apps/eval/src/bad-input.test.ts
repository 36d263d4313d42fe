import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { runEval } from "./run-eval.ts"

const folder = mkdtempSync(join(tmpdir(), "llava-eval-bad-"))
afterAll(() => rmSync(folder, { recursive: true }))

let printed = { stdout: "", stderr: "" }
beforeEach(() => {
  printed = { stdout: "", stderr: "" }
  for (const name of ["stdout", "stderr"] as const) {
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      printed[name] += String(text)
      return true
    })
  }
})
afterEach(() => vi.restoreAllMocks())

const write = (name: string, content: unknown) => {
  const file = join(folder, name)
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content))
  return file
}
const lines = (...records: object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("")
const score = async (task: string, ...args: string[]) => ({ code: await runEval(["score", task, ...args]), ...printed })

const problem = (answer: number) => ({ question: "?", choices: ["a", "b"], answer })
const problems = write("problems.json", { 1: problem(0), 2: problem(1), 3: problem(0), 9: problem(0) })
const splits = write("splits.json", { test: ["1", "2", "3"], train: ["9"] })
const scienceqa = (predictions: unknown, file = problems) =>
  score(
    "scienceqa",
    ...["--problems", file, "--splits", splits, "--predictions", write("p.jsonl", predictions), "--json"],
  )
const answer = (id: number | string, text = "A", more: object = {}) => ({ question_id: id, text, ...more })

describe("answers that do not fit are refused, by name and line", () => {
  test.each([
    [
      "a question answered twice",
      lines(answer(1), answer(2), answer("1")),
      /p\.jsonl:3: The question 1 is answered twice, first in line 1/,
    ],
    ["an empty file", "", /p\.jsonl: The file is empty/],
    ["no answers", "[]", /p\.jsonl: There are no answers/],
    [
      "two models in one file",
      lines(answer(1, "A", { model_id: "m" }), answer(2, "A", { model_id: "n" })),
      /p\.jsonl:2: The question 2 is answered by n, the ones before by m/,
    ],
    ["a file that is cut in a line", `${lines(answer(1))}{"question_id": 2, "te`, /p\.jsonl:2: The line is not JSON/],
    ["answers of another split alone", lines(answer(9)), /p\.jsonl:1: None of the 1 answers belongs .* another split/],
    ["answers to nothing known", lines(answer(77)), /p\.jsonl:1: None of the 1 answers belongs .* unknown/],
    ["an index that is NaN", '{"results": {"1": NaN}}', /p\.jsonl:1: results\.1 is/],
  ])("%s", async (_, predictions, message) => {
    const { code, stdout, stderr } = await scienceqa(predictions)
    expect(code).toBe(1)
    expect(stdout).toBe("")
    expect(stderr).toMatch(message)
  })

  test("problems that the split names and the file lacks", async () => {
    const file = write("few.json", { 1: problem(0), 2: problem(1) })
    const { code, stderr } = await scienceqa(lines(answer(1)), file)
    expect(code).toBe(1)
    expect(stderr).toMatch(/few\.json: 1 of the 3 problems of split "test" are absent: 3/)
  })

  test("a problem whose answer is outside its choices", async () => {
    const file = write("odd.json", `{"1": ${JSON.stringify(problem(0))},\n"2": ${JSON.stringify(problem(5))}}`)
    const { code, stderr } = await scienceqa(lines(answer(1)), file)
    expect(code).toBe(1)
    expect(stderr).toMatch(/odd\.json:2: The problem 2 is not of this format \(answer: .*outside the choices/)
  })
})

test("a number of samples that is none is refused", async () => {
  const { code, stderr } = await score("scienceqa", "--bootstrap", "many")
  expect(code).toBe(1)
  expect(stderr).toMatch(/--bootstrap <samples>.* It has to be a whole number of at least 1/)
})

test.each([
  [[], false],
  [["--verbose"], true],
])("where an error comes from is shown on request: %j", async (more, shown) => {
  const { code, stderr } = await score("llava-bench", "--reviews", "nowhere.jsonl", ...more)
  expect(code).toBe(1)
  expect(stderr).toContain("nowhere.jsonl: There is no such file.")
  expect(/^ +at .*read-text/m.test(stderr)).toBe(shown)
})

describe("answers that cannot count are counted, by name and line", () => {
  test("of another split, to unknown questions, and missing ones", async () => {
    const { code, stdout, stderr } = await scienceqa(lines(answer(1), answer(9), answer(77)))
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ correct: 1, total: 3, missing: 2 })
    expect(stderr).toMatch(/2 questions have no answer: 2, 3/)
    expect(stderr).toMatch(/1 answers are of another split and left out: 9 \(line 2\)/)
    expect(stderr).toMatch(/1 answers are to unknown questions and left out: 77 \(line 3\)/)
  })

  test("labels outside the choices, and texts that name none", async () => {
    const { stdout, stderr } = await scienceqa(lines(answer(1, "E"), answer(2, "perhaps"), answer(3, "A")))
    expect(JSON.parse(stdout)).toMatchObject({ correct: 1, unparsed: 1, outOfRange: 1, total: 3 })
    expect(stderr).toMatch(/1 \(line 1\)/)
    expect(stderr).toMatch(/2 \(line 2\)/)
  })
})

describe("reviews", () => {
  const review = (id: number, tuple: string) =>
    `{"question_id": ${id}, "category": "c", "content": "x", "tuple": ${tuple}}\n`

  test("a file that is cut in the middle of a line is refused", async () => {
    const file = write("cut.jsonl", `${review(1, "[8, 4]")}${review(2, "[8, 4]").slice(0, 30)}`)
    const { code, stdout, stderr } = await score("llava-bench", "--reviews", file)
    expect([code, stdout]).toEqual([1, ""])
    expect(stderr).toMatch(/cut\.jsonl:2: The line is not JSON/)
  })

  test("scores that are NaN, -1 or off the scale are left out and named", async () => {
    const file = write(
      "nan.jsonl",
      review(1, "[8, 4]") + review(2, "[NaN, 4]") + review(3, "[-1, -1]") + review(4, "[8, 40]"),
    )
    const { stdout, stderr } = await score("llava-bench", "--reviews", file, "--json")
    expect(JSON.parse(stdout)).toMatchObject({ all: { relative: 50, reference: 80, candidate: 40 }, failed: 3 })
    expect(stderr).toMatch(/question 2 \(line 2\), question 3 \(line 3\), question 4 \(line 4\)/)
  })
})

test("grades that are NaN are left out and named", async () => {
  const file = write("grades.json", '{"v1_0": {"score": [0.5, NaN]}, "v1_1": {"score": [1.0, 1.0]}}')
  const { stdout, stderr } = await score("mm-vet", "--judged", file, "--json")
  expect(JSON.parse(stdout)).toMatchObject({ failed: 1 })
  expect(stderr).toMatch(/v1_0/)
})

test("captions without a word are named, and those of unknown images left out", async () => {
  const references = write("references.json", { 1: ["a cat"], 2: ["a dog"] })
  const predictions = write("captions.json", { 1: "a cat", 2: "", 7: "a fish" })
  const { stdout, stderr } = await score("captions", "--references", references, "--predictions", predictions, "--json")
  expect(JSON.parse(stdout).BLEU[0]).toBeGreaterThan(0)
  expect(stderr).toMatch(/1 captions have no word: 2/)
  expect(stderr).toMatch(/1 answers are to unknown questions and left out: 7/)
})
