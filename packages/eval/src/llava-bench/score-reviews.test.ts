import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { withReference } from "#testing"
import { readFixture } from "../testing/read-fixture.ts"
import { parseReviews } from "./parse-reviews.ts"
import { parseReviewScores } from "./review-score.ts"
import { scoreReviews } from "./score-reviews.ts"

test("the published reviews of LLaVA-1.5-7B in the wild", (context) => {
  const folder = withReference(context, "data/llava-bench-wild/reviews")
  const files = [1, 2, 3].map((run) => {
    const name = `llava-v1.5-7b-eval${run}.jsonl`
    return parseReviews(readFileSync(join(folder, name), "utf8"), name)
  })
  // What LLaVA's summarize_gpt_review.py prints for each file, to its one decimal.
  const printed = [
    [64.7, 77.6, 59.3, 47.7],
    [65.3, 78.8, 59, 48.5],
    [66.3, 79.6, 59, 50.8],
  ]
  const names = ["all", "llava_bench_complex", "llava_bench_conv", "llava_bench_detail"]
  for (const [index, file] of files.entries()) {
    const { rows } = scoreReviews([file])
    for (const [column, name] of names.entries()) {
      // Printed with one decimal, from means that were rounded to three.
      expect(Math.abs(rows[name]!.relative! - printed[index]![column]!)).toBeLessThan(0.06)
    }
  }
  const { rows, failed } = scoreReviews(files)
  expect(rows.all.relative).toBeCloseTo(65.5, 1)
  expect(rows.all.spread).toBeCloseTo(0.81, 2)
  expect(failed).toBe(0)
})

test("the ratio of means of a cut of them, and of several runs the mean", () => {
  const files = [1, 2, 3].map((run) => parseReviews(readFixture(`llava-bench/eval${run}.jsonl`), `eval${run}`))
  const relatives = files.map((file) => {
    const pairs = file.reviews.map(({ scores }) => scores!)
    const [reference, candidate] = [0, 1].map((side) => pairs.reduce((sum, pair) => sum + pair[side]!, 0))
    return (100 * candidate!) / reference!
  })
  const { rows } = scoreReviews(files)
  expect(rows.all.relative).toBeCloseTo(relatives.reduce((sum, value) => sum + value) / 3, 2)
  expect(Object.keys(rows).sort()).toEqual(["all", "llava_bench_complex", "llava_bench_conv", "llava_bench_detail"])
})

const line = (id: number, tuple: string, rest = "") =>
  `{"question_id":${id},"category":"c","content":"x","tuple":${tuple}${rest}}`

describe("failed reviews", () => {
  const text = [line(1, "[8, 4]"), line(2, "[-1, -1]"), line(3, "[NaN, 7.0]"), line(4, "[8, 80]"), line(5, "[8]")].join(
    "\n",
  )

  test("are left out, counted and named with their line", () => {
    const score = scoreReviews([parseReviews(text, "r.jsonl")])
    expect(score.rows.all).toEqual({ relative: 50, reference: 80, candidate: 40 })
    expect(score.failed).toBe(4)
    expect(score.notes.join()).toContain(
      "question 2 (line 2), question 3 (line 3), question 4 (line 4), question 5 (line 5)",
    )
  })

  test("are averaged in as -1 only on demand", () => {
    const file = parseReviews([line(1, "[8, 4]"), line(2, "[-1, -1]")].join("\n"), "r.jsonl")
    expect(scoreReviews([file], { includeFailed: true }).rows.all.relative).toBeCloseTo((100 * 3) / 7, 1)
  })

  test("leave no spread where only one run has figures", () => {
    const runs = [parseReviews(line(1, "[8, 4]"), "a"), parseReviews(line(1, "[-1, -1]"), "b")]
    expect(scoreReviews(runs).rows.all).toEqual({ relative: 50, reference: 80, candidate: 40, spread: null })
    expect(scoreReviews([runs[1]!, runs[1]!]).rows.all).toMatchObject({ relative: null, spread: null })
  })

  test("leave a row of nothing where there are no others", () => {
    expect(scoreReviews([parseReviews(line(2, "[-1, -1]"), "r")]).rows.all.relative).toBeNull()
  })
})

describe("review files that are refused", () => {
  test.each([
    ["a line that is cut", `${line(1, "[8, 4]")}\n{"question_id":2,"cont`, /r\.jsonl:2: The line is not JSON/],
    [
      "a question reviewed twice",
      `${line(1, "[8, 4]")}\n${line(1, "[8, 5]")}`,
      /r\.jsonl:2: The question 1 is reviewed twice, first in line 1/,
    ],
    ["an empty file", "\n", /r\.jsonl: The file is empty/],
    ["answers in place of reviews", '{"question_id":1,"answer":"x"}', /r\.jsonl:1: This is no review/],
  ])("%s", (_, text, message) => {
    expect(() => parseReviews(text, "r.jsonl")).toThrow(message)
  })

  test("runs over different questions", () => {
    const runs = [line(1, "[8, 4]"), line(2, "[8, 4]")].map((text, index) => parseReviews(text, `run${index}`))
    expect(() => scoreReviews(runs)).toThrow(/run1:1: .*question 2/)
  })
})

test.each([
  ["7 9\nGood.", [7, 9]],
  ["7, 9", undefined],
  ["7,9", [7, 9]],
  ["7.5 9", [7.5, 9]],
  ["Scores: 7 9", undefined],
  ["7", undefined],
  ["", undefined],
])("the first line %j gives %j", (content, scores) => {
  expect(parseReviewScores(content)).toEqual(scores)
})
