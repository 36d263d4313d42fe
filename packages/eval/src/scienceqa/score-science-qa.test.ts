import { describe, expect, test } from "vitest"
import { fixturePath, withReference } from "#testing"
import { parseAnswers } from "../answers/parse-answers.ts"
import { readFixture } from "../testing/read-fixture.ts"
import { scienceQAFiles } from "../testing/science-qa-files.ts"
import { categoriesOf, categoryNames } from "./categories.ts"
import { scoreScienceQA } from "./score-science-qa.ts"

const cut = () => scienceQAFiles(fixturePath("eval/scienceqa"), "problems.json")

test("a cut of the published answers of LLaVA v1.3 13B", () => {
  const { problems, answers } = cut()
  const score = scoreScienceQA({ problems, predictions: answers("llava_v1_3_13b.json") })
  const { accuracy, correct, total } = score
  expect({ accuracy, correct, total }).toEqual(JSON.parse(readFixture("scienceqa/expected.json")))
  expect(score).toMatchObject({ unparsed: 3, outOfRange: 1, missing: 0, recorded: 0, contradicted: 0 })
  expect(score.notes.join("\n")).toMatch(/3 texts name no choice: 7727 \(line \d+\), 18503 .*, 19531/)
  expect(score.notes.join("\n")).toMatch(/1 answers are outside the choices: 10056 \(line \d+\)/)
})

test.for([
  {
    name: "LLaVA v1.3 13B",
    file: "test_sqa_llava_lcs_558k_sqa_12e_vicuna_v1_3_13b.json",
    row: [90.81, 95.05, 88.45, 89.83, 88.3, 91.08, 91.45, 90.44, 91.09],
    counts: { correct: 3863, total: 4241, unparsed: 3, outOfRange: 1, missing: 0, recorded: 0 },
  },
  {
    name: "GPT-3 with chain of thought",
    file: "gpt3_final_test_QCM-ALE_2_seed_3.json",
    row: [75.44, 70.87, 78.09, 74.68, 67.43, 79.93, 78.23, 69.68, 75.17],
    counts: { correct: 3188, total: 4241, unparsed: 249, outOfRange: 0, missing: 0, recorded: 249 },
  },
])("the published row of $name", ({ file, row, counts }, context) => {
  const { problems, answers } = scienceQAFiles(withReference(context, "data/scienceqa"), "problems_test.json")
  const score = scoreScienceQA({ problems, predictions: answers(file) })
  expect(categoryNames.map((name) => score.accuracy[name])).toEqual(row)
  expect(score).toMatchObject(counts)
})

describe("changing k known answers moves every category by exactly their share", () => {
  test.each([
    ["to right", true],
    ["to wrong", false],
  ])("%s", (_, toRight) => {
    const { problems } = cut()
    const ids = [...problems.keys()]
    const k = 17
    // Every problem with a wrong answer, but for the first k, which are flipped; and the other way round.
    const answersWith = (flipped: ReadonlySet<string>) =>
      parseAnswers(
        ids
          .map((id) => {
            const { answer, choices } = problems.get(id)!
            const right = flipped.has(id) === toRight
            return JSON.stringify({
              question_id: id,
              text: "ABCDE".charAt(right ? answer : (answer + 1) % choices.length),
            })
          })
          .join("\n"),
        "answers.jsonl",
      )
    const before = scoreScienceQA({ problems, predictions: answersWith(new Set()) })
    const flipped = new Set(ids.filter((_, index) => index % 7 === 3).slice(0, k))
    const after = scoreScienceQA({ problems, predictions: answersWith(flipped) })
    expect(flipped.size).toBe(k)
    for (const name of categoryNames) {
      const share = [...flipped].filter((id) => categoriesOf(problems.get(id)!).includes(name)).length
      expect(after.counts[name].correct - before.counts[name].correct, name).toBe(toRight ? share : -share)
    }
  })
})

describe("what does not fit is counted by name and line", () => {
  const problem = {
    question: "?",
    choices: ["x", "y"],
    answer: 1,
    hint: "",
    image: "",
    grade: "grade3",
    subject: "natural science",
  }
  const parsed = { ...problem, topic: "", lecture: "", solution: "", caption: "", split: "" }
  const problems = new Map(["1", "2", "3", "4"].map((id) => [id, parsed]))
  const score = (text: string, options = {}) =>
    scoreScienceQA({ problems, predictions: parseAnswers(text, "a.jsonl"), known: (id) => id === "77", ...options })

  test("missing, of another split, unknown, beyond the choices, empty", () => {
    const result = score(
      '{"question_id":1,"text":"B"}\n{"question_id":"2","text":"C"}\n{"question_id":3,"text":""}\n{"question_id":77,"text":"B"}\n{"question_id":99,"text":"B"}',
    )
    expect(result).toMatchObject({
      correct: 1,
      total: 4,
      outOfRange: 1,
      unparsed: 1,
      missing: 1,
      otherSplit: 1,
      unknown: 1,
    })
    expect(result.accuracy.AVG).toBe(25)
    const notes = result.notes.join("\n")
    for (const part of [
      "a.jsonl: 1 questions have no answer: 4",
      "77 (line 4)",
      "99 (line 5)",
      "3 (line 3)",
      "2 (line 2)",
    ]) {
      expect(notes).toContain(part)
    }
  })

  test("answers of another split alone are refused", () => {
    expect(() => score('{"question_id":77,"text":"B"}')).toThrow(/a\.jsonl:1: .*another split/)
    expect(() => score('{"question_id":98,"text":"B"}')).toThrow(/a\.jsonl:1: .*unknown/)
  })

  test("the legacy rule draws for what it cannot read, leaves out what is missing, and repeats for a seed", () => {
    const many = new Map(Array.from({ length: 400 }, (_, index) => [String(index), parsed]))
    const predictions = parseAnswers(
      Array.from({ length: 300 }, (_, index) => JSON.stringify({ question_id: index, text: "B" })).join("\n"),
      "a.jsonl",
    )
    const drawn = (seed: number) => scoreScienceQA({ problems: many, predictions, parser: "legacy", seed })
    expect(drawn(1)).toMatchObject({ total: 300, unparsed: 300, missing: 100 })
    expect(drawn(1).correct).toBeGreaterThan(110)
    expect(drawn(1).correct).toBeLessThan(190)
    expect(drawn(1).problems).toEqual(drawn(1).problems)
    expect(drawn(1).problems).not.toEqual(drawn(2).problems)
  })
})
