import { describe, expect, test } from "vitest"
import { parseCapabilities } from "./parse-capabilities.ts"
import { parseGrades } from "./parse-grades.ts"
import { scoreMmVet } from "./score-mm-vet.ts"

const capabilities = parseCapabilities(
  '{"v1_0": {"question": "?", "capability": ["ocr", "math"]}, "v1_1": {"capability": ["ocr"]}, "v1_2": {"capability": ["rec"]}}',
  "mm-vet.json",
)

test("runs are averaged per question, then questions, in all and per capability", () => {
  const grades =
    '{"v1_0": {"model": ["gpt-4"], "score": [0.0, 1.0]}, "v1_1": {"score": [0.5, 0.6]}, "v1_2": {"score": [1.0, 1.0]}}'
  expect(scoreMmVet(parseGrades(grades, "g.json"), capabilities)).toMatchObject({
    total: 68.33,
    perCapability: { ocr: 52.5, math: 50, rec: 100 },
    perIntegration: { math_ocr: 50, ocr: 55, rec: 100 },
    failed: 0,
    runs: 2,
  })
})

test("other layouts say the same", () => {
  const totals = [
    '{"a": [0.5], "b": [1.0]}',
    '{"a": 0.5, "b": 1}',
    '{"id":"a","score":0.5}\n{"id":"b","score":[1]}',
  ].map((text) => scoreMmVet(parseGrades(text, "g.json")).total)
  expect(totals).toEqual([75, 75, 75])
})

describe("grades that do not fit", () => {
  test("scores that are no numbers of 0 to 1 are left out, counted and named", () => {
    const grades = parseGrades(
      '{\n"v1_0": {"score": [NaN, 0.5]},\n"v1_1": {"score": [-1, 7]},\n"v9": {"score": [1]}\n}',
      "g.json",
    )
    const score = scoreMmVet(grades, capabilities)
    expect(score).toMatchObject({ total: 50, failed: 3, missing: 1, unknown: 1 })
    expect(score.notes.join("\n")).toMatch(/v1_0 \(line 2\), v1_1 \(line 3\)[\s\S]*no grade: v1_2[\s\S]*v9 \(line 4\)/)
  })

  test.each([
    ["an id twice", '{"a": [1],\n"a": [0]}', /g\.json:2: a is there twice/],
    ["no score", '{"a": {"model": []}}', /g\.json:1: a has no score/],
    ["a file cut off", '{"a": {"score": [1', /g\.json:1: The file is not JSON/],
  ])("%s is refused", (_, text, message) => {
    expect(() => scoreMmVet(parseGrades(text, "g.json"))).toThrow(message)
  })
})
