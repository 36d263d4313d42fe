import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { withReference } from "#testing"
import { parseAnswers } from "../answers/parse-answers.ts"
import { parseQuestions } from "../run/parse-questions.ts"
import { judgePrompt } from "./judge-prompt.ts"
import { parseContexts } from "./parse-contexts.ts"
import { parseJudgeRules } from "./parse-judge-rules.ts"
import { planReviews } from "./plan-reviews.ts"
import { positionBias } from "./position-bias.ts"
import { referenceMessages } from "./reference-messages.ts"

const questions = parseQuestions(
  '{"question_id": 1, "image": "a.jpg", "text": "What?", "category": "conv"}\n{"question_id": 2, "image": "a.jpg", "text": "Why?", "category": "conv"}',
  "q.jsonl",
)
const wild = parseContexts('{"id": "001", "image": "a.jpg", "caption": "A cup."}', "c.jsonl")
const coco = parseContexts(
  '{"image": "a.jpg", "captions": ["A cup.", "On a table."], "instances": [{"category": "cup", "bbox": [0, 0.5, 1, 1]}]}',
  "c.jsonl",
)
const rules = parseJudgeRules(
  '{"conv": {"role": "Assistant", "prompt": "With boxes."}, "llava_bench_conv": {"role": "Assistant", "prompt": "Rate."}}',
  "rule.json",
)
const answers = (name: string, ids: number[]) =>
  parseAnswers(
    ids.map((id) => JSON.stringify({ question_id: id, text: `${name} ${id}`, answer_id: `${name}${id}` })).join("\n"),
    `${name}.jsonl`,
  )
const options = {
  questions,
  contexts: wild,
  rules,
  reference: answers("ref", [1, 2]),
  candidate: answers("cand", [1, 2]),
}

describe("what a judge is asked", () => {
  test("in the wild, either answer first", () => {
    const [first] = planReviews(options).reviews
    expect(first).toMatchObject({ questionId: 1, category: "llava_bench_conv", answerIds: ["ref1", "cand1"] })
    const prompt = (answers: [string, string]) =>
      judgePrompt({ context: wild.get("a.jpg")!, question: "What?", answers, rule: rules.get("llava_bench_conv")! })
    expect(first!.messages.map(({ role }) => role)).toEqual(["system", "user"])
    expect(first!.messages[1]!.content).toBe(prompt(["ref 1", "cand 1"]))
    const [swapped] = planReviews({ ...options, swapped: true }).reviews
    expect(swapped).toMatchObject({ answerIds: ["cand1", "ref1"] })
    expect(swapped!.messages[1]!.content).toBe(prompt(["cand 1", "ref 1"]))
  })

  test("with boxes the rules are those of the COCO set", () => {
    const [first] = planReviews({ ...options, contexts: coco }).reviews
    expect(first!.category).toBe("conv")
    expect(first!.messages[1]!.content).toContain(
      "[Context]\nA cup.\nOn a table.\n\ncup: [0.0, 0.5, 1.0, 1.0]\n\n[Question]",
    )
  })

  test("questions that a file does not answer are left out and noted", () => {
    const { reviews, notes } = planReviews({ ...options, candidate: answers("cand", [2]) })
    expect(reviews.map(({ questionId }) => questionId)).toEqual([2])
    expect(notes.join()).toContain("cand.jsonl: 1 questions have no answer: 1.")
  })

  test.each([
    ["no context", { contexts: new Map() }, /q\.jsonl: Question 1 has no context for its image a\.jpg/],
    ["no rule", { rules: new Map() }, /Question 1 is of the category llava_bench_conv, for which there is no rule/],
    ["answers to others", { candidate: answers("cand", [9]) }, /cand\.jsonl:1: None of the 1 answers belongs/],
  ])("%s is refused", (_, changed, message) => {
    expect(() => planReviews({ ...options, ...changed })).toThrow(message)
  })

  test("the published question files have their contexts, rules and answers", (context) => {
    const read = (...path: string[]) => readFileSync(withReference(context, "data", ...path), "utf8")
    const wildFile = (name: string) => read("llava-bench-wild", name)
    const ruleFile = parseJudgeRules(wildFile("rule.json"), "rule.json")
    const planned = planReviews({
      questions: parseQuestions(wildFile("questions.jsonl"), "questions.jsonl"),
      contexts: parseContexts(wildFile("context.jsonl"), "context.jsonl"),
      rules: ruleFile,
      reference: parseAnswers(wildFile("answers_gpt4.jsonl"), "gpt4"),
      candidate: parseAnswers(wildFile(join("answers", "llava-v1.5-7b.jsonl")), "llava"),
    })
    const published = read("llava-bench-wild", "reviews", "llava-v1.5-7b-eval1.jsonl").trim().split("\n")
    expect(planned.reviews).toHaveLength(60)
    for (const [index, line] of published.entries()) {
      const { question_id, answer1_id, answer2_id, category } = JSON.parse(line)
      const { questionId, answerIds, category: own } = planned.reviews[index]!
      expect({ questionId, answerIds, own }).toEqual({
        questionId: question_id,
        answerIds: [answer1_id, answer2_id],
        own: category,
      })
    }
    const reference = parseAnswers(read("llava-bench-coco", "qa90_gpt4_answer.jsonl"), "gpt4")
    const boxes = planReviews({
      questions: parseQuestions(read("llava-bench-coco", "qa90_questions.jsonl"), "qa90_questions.jsonl"),
      contexts: parseContexts(read("coco-boxes", "caps_boxes_coco2014_val_80.jsonl"), "contexts"),
      rules: ruleFile,
      reference,
      candidate: reference,
    })
    expect(boxes.reviews).toHaveLength(90)
    expect(new Set(boxes.reviews.map(({ category }) => category))).toEqual(new Set(["conv", "detail", "complex"]))
  })
})

test("a teacher without eyes is shown captions, boxes and the question", () => {
  const [system, user] = referenceMessages("What?", coco.get("a.jpg")!)
  expect(system!.role).toBe("system")
  expect(user!.content).toBe("A cup.\nOn a table.\n\ncup: [0.0, 0.5, 1.0, 1.0]\n\nWhat?")
})

test.each([
  [
    "an image twice",
    '{"image": "a", "caption": "x"}\n{"image": "a", "caption": "y"}',
    /c:2: The image a has two contexts/,
  ],
  [
    "no caption",
    '{"image": "a", "caption": "x"}\n{"image": "b"}',
    /c:2: A context is not of this format \(there is no/,
  ],
  ["a line that is cut", '{"image": "a", "caption": "x"}\n{"image": "b", "cap', /c:2: The line is not JSON/],
])("contexts with %s are refused", (_, text, message) => {
  expect(() => parseContexts(text, "c")).toThrow(message)
})

describe("position bias", () => {
  const file = (swapped: boolean, pairs: Record<string, readonly [number, number] | undefined>) => ({
    file: "f",
    reviews: Object.entries(pairs).map(([question, scores]) => ({
      ...{ question, category: undefined, scores, swapped, line: 1 },
    })),
  })

  test("a judge that gives the first answer two points more", () => {
    const straight = file(false, { 1: [9, 6], 2: [7, 6], 3: [8, 8] })
    const swapped = file(true, { 1: [7, 8], 2: [5, 8], 3: undefined })
    expect(positionBias([straight, swapped])).toEqual({ questions: 2, firstPlace: 2, reversed: 100 })
  })

  test("a fair judge, and one that saw one order only", () => {
    const straight = file(false, { 1: [9, 6] })
    expect(positionBias([straight, file(true, { 1: [9, 6] })])).toEqual({ questions: 1, firstPlace: 0, reversed: 0 })
    expect(positionBias([straight, straight])).toBeUndefined()
  })
})
