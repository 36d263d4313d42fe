import { describe, expect, test } from "vitest"
import { parseAnswers } from "../answers/parse-answers.ts"
import { parseQuestions } from "../run/parse-questions.ts"
import { mmeTotals } from "./mme-totals.ts"
import { parseYesNoResults } from "./parse-yes-no-results.ts"
import { scoreYesNoPairs } from "./score-yes-no-pairs.ts"
import { yesNoItems } from "./yes-no-items.ts"

const wanted = [
  { task: "code_reasoning", pair: "1.png", label: "yes", reply: "Yes" },
  { task: "code_reasoning", pair: "1.png", label: "no", reply: "Yes, it is." },
]

describe("truths and replies in one file", () => {
  test.each([
    ["eval/code_reasoning.txt", "1.png\tIs it 1?\tYes\tYes\r\n1.png\tIs it 2?\tNo\tYes, it is.\n"],
    [
      "t.tsv",
      "index\tcategory\timage_path\tquestion\tanswer\tprediction\n0\tcode_reasoning\t1.png\tIs it 1?\tYes\tYes\n1\tcode_reasoning\t1.png\tIs it 2?\tNo\tYes, it is.\n",
    ],
    [
      "t.json",
      '[{"category": "code_reasoning", "image": "1.png", "answer": "Yes", "prediction": "Yes"}, {"category": "code_reasoning", "image": "1.png", "label": "no", "text": "Yes, it is."}]',
    ],
  ])("%s", (file, text) => {
    expect(parseYesNoResults(text, file)).toEqual(wanted)
  })

  test.each([
    [
      "a truth that is neither",
      "1.png\tIs it?\tYes\tYes\n1.png\tIs it?\tMaybe\tYes\n",
      /f:2: A row of f has the truth "Maybe"/,
    ],
    ["a line that is cut", "1.png\tIs it?\tYes\tYes\n1.png\tIs", /f:2: A row of f has the truth null/],
    ["no image", '[{"category": "c", "answer": "yes", "prediction": "no"}]', /f:1: A row of c has no image/],
    ["nothing", "index\tcategory\tanswer\n", /f: There are no answers/],
  ])("%s is refused", (_, text, message) => {
    expect(() => parseYesNoResults(text, "f")).toThrow(message)
  })
})

test("questions of one id, told apart in both files", () => {
  const line = (record: object) => `${JSON.stringify({ question_id: "code_reasoning/1.png", ...record })}\n`
  const ask = (label: string) => line({ image: "1.png", text: "Is it?", category: "code_reasoning", label })
  const questions = parseQuestions(ask("yes") + ask("no"), "q", { numberRepeated: true })
  const answers = parseAnswers(line({ text: "Yes" }) + line({ text: "Yes, it is." }), "a", { numberRepeated: true })
  expect(yesNoItems(questions, answers)).toEqual({ items: wanted, notes: [] })
  const half = parseAnswers(line({ text: "Yes" }), "a", { numberRepeated: true })
  const { items, notes } = yesNoItems(questions, half)
  expect(items[1]!.reply).toBeUndefined()
  expect(notes.join()).toContain("1 questions have no answer: code_reasoning/1.png#2")
  expect(scoreYesNoPairs(items)["code_reasoning"]).toMatchObject({ accuracy: 50, accuracyPlus: 0, score: 50 })
  const odd = parseQuestions(ask("maybe") + ask("no"), "q", { numberRepeated: true })
  expect(() => yesNoItems(odd, answers)).toThrow(/q: The question code_reasoning\/1\.png has the truth "maybe"/)
})

test("perception and cognition are sums of their tasks", () => {
  const task = (score: number) => ({ accuracy: 0, accuracyPlus: 0, score, questions: 2, unparsed: 0 })
  const tasks = { OCR: task(150), count: task(20.5), code_reasoning: task(100), other: task(7) }
  expect(mmeTotals(tasks)).toEqual({ perception: 170.5, cognition: 100 })
})
