import { describe, expect, test } from "vitest"
import { parseAnswers } from "../answers/parse-answers.ts"
import { normalizeTextVqaAnswer, normalizeVqaAnswer } from "./normalize-answer.ts"
import { parseVqaTruths, scoreVqa } from "./score-vqa.ts"
import { scoreYesNoPairs } from "./score-yes-no-pairs.ts"
import { gqaMatch, textVqaAccuracy, vqaAccuracy } from "./vqa-accuracy.ts"

// What the challenge's own code gives.
test.each([
  ["The Two dogs.", "2 dogs"],
  ["red/white", "red white"],
  ["red / white", "red white"],
  ["1,000", "1000"],
  ["3.5", "3.5"],
  ["dont know", "don't know"],
  ["Yes, it is!", "yes it is"],
  ["black-and-white", "black and white"],
  ["none", "0"],
  ["shouldntve", "shouldn't've"],
  ["", ""],
])("%j is normalised to %j", (answer, normal) => {
  expect(normalizeVqaAnswer(answer)).toBe(normal)
})

test("TextVQA sets off 's", () => {
  expect(normalizeTextVqaAnswer("McDonald's, the")).toBe("mcdonald 's")
})

test("leaving each person out: of ten, n that agree give n-fold of three tenths, at most one", () => {
  const people = (same: number) => Array.from({ length: 10 }, (_, index) => (index < same ? "red" : `other ${index}`))
  const accuracies = [0, 1, 2, 3, 4, 9].map((same) => vqaAccuracy("Red.", people(same)))
  for (const [index, value] of [0, 0.3, 0.6, 0.9, 1, 1].entries()) expect(accuracies[index]).toBeCloseTo(value, 10)
  expect(textVqaAccuracy("RED", people(2))).toBeCloseTo(0.6)
})

test("people who all say the same are compared letter by letter", () => {
  expect(vqaAccuracy("The dog", Array(10).fill("dog"))).toBe(0)
  expect(vqaAccuracy("dog\n", Array(10).fill("dog"))).toBe(1)
})

test("GQA's exact match", () => {
  expect(gqaMatch("Yes.", "yes")).toBe(true)
  expect(gqaMatch("yes it is", "yes")).toBe(false)
})

describe("files", () => {
  const ten = (answer: string) =>
    Array.from({ length: 10 }, (_, id) => ({ answer: id < 5 ? answer : `x${id}`, answer_id: id }))

  test.each([
    [
      "VQAv2",
      JSON.stringify({
        annotations: [
          { question_id: 1, answers: ten("red") },
          { question_id: 2, answers: ten("2") },
        ],
      }),
    ],
    [
      "lines",
      `{"question_id":1,"answers":${JSON.stringify(ten("red"))}}\n{"question_id":"2","answers":${JSON.stringify(ten("2"))}}`,
    ],
  ])("of %s", (_, truths) => {
    const answers = parseAnswers('[{"question_id":1,"answer":"Red"},{"question_id":9,"answer":"x"}]', "a")
    const { accuracy, missing, unknown } = scoreVqa(parseVqaTruths(truths, "t"), answers)
    expect({ accuracy, missing, unknown }).toEqual({ accuracy: 50, missing: 1, unknown: 1 })
  })

  test("of GQA", () => {
    const truths = parseVqaTruths('{"1": {"answer": "yes"}, "2": {"answer": "left"}}', "t")
    const answers = parseAnswers('{"question_id":"1","text":"Yes."}\n{"question_id":"2","text":"right"}', "a")
    expect(scoreVqa(truths, answers, "gqa").accuracy).toBe(50)
  })

  test.each([
    [
      "a question twice",
      '[{"question_id":1,"answer":"x"},\n{"question_id":1,"answer":"y"}]',
      /t:2: The question 1 is there twice/,
    ],
    ["no answers", '{"question_id":1,"answers":[]}\n{"question_id":2,"answers":[]}', /t:1: /],
  ])("%s is refused", (_, text, message) => {
    expect(() => parseVqaTruths(text, "t")).toThrow(message)
  })
})

test("pairs of yes-or-no questions count once more where both are right", () => {
  const item = (pair: string, label: "yes" | "no", reply: string | undefined) => ({ task: "color", pair, label, reply })
  const { color } = scoreYesNoPairs([
    item("a", "yes", "Yes"),
    item("a", "no", "No."),
    item("b", "yes", "Yes"),
    item("b", "no", "perhaps"),
    item("c", "yes", undefined),
    item("c", "no", "no"),
  ])
  expect(color).toMatchObject({ accuracy: 66.67, accuracyPlus: 33.33, questions: 6, unparsed: 2 })
  expect(color?.score).toBeCloseTo(100)
})
