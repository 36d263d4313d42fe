import { expect, test } from "vitest"
import { parseAnswers } from "../answers/parse-answers.ts"
import { parseQuestions } from "../run/parse-questions.ts"
import { scoreClassification } from "./score-classification.ts"

const images = (labels: (string | undefined)[]) =>
  parseQuestions(
    labels.map((label, id) => JSON.stringify({ question_id: id, image: `${id}.jpg`, text: "", label })).join("\n"),
    "q",
  )
const answers = (texts: Record<string, string>) => parseAnswers(JSON.stringify(texts), "a")

test("over all images, and averaged over classes", () => {
  const score = scoreClassification(
    images(["cat", "cat", "cat", "dog"]),
    answers({ 0: "cat", 1: "Cat ", 2: "fish", 3: "dog" }),
  )
  expect(score).toMatchObject({ accuracy: 75, perClass: 83.33, correct: 3, total: 4, missing: 0, unknownLabels: 1 })
  expect(score.classes).toEqual({ cat: { correct: 2, total: 3 }, dog: { correct: 1, total: 1 } })
  expect(score.notes.join()).toContain('a: 1 answers are no class: 2 ("fish")')
})

test("an image without an answer is wrong, and named", () => {
  const score = scoreClassification(images(["cat", "dog"]), answers({ 1: "dog", 9: "dog" }))
  expect(score).toMatchObject({ accuracy: 50, missing: 1 })
  expect(score.notes.join()).toMatch(/1 questions have no answer: 0.*1 answers are to unknown questions/)
})

test("images without a label, and answers to others, are refused", () => {
  expect(() => scoreClassification(images(["cat", undefined]), answers({ 0: "cat" }))).toThrow(
    /q: The image 1 has no label/,
  )
  expect(() => scoreClassification(images(["cat"]), answers({ 7: "cat" }))).toThrow(
    /a:1: None of the 1 answers belongs/,
  )
})
