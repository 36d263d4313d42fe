import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { withReference } from "#testing"
import { parseQuestions } from "./parse-questions.ts"

describe("each layout gives its questions", () => {
  test.each([
    [
      "question lines",
      '{"question_id": 7, "image": "a.jpg", "text": "What?", "category": "conv"}\n{"question_id": "b", "text": "Why?"}\n',
      [
        { id: 7, image: "a.jpg", text: "What?", category: "conv" },
        { id: "b", text: "Why?" },
      ],
    ],
    ["question lines", '{"question_id": 7, "text": "One line alone?"}', [{ id: 7, text: "One line alone?" }]],
    [
      "VQAv2 questions",
      '{"data_subtype": "val2014", "questions": [{"image_id": 42, "question": "What?", "question_id": 42000}]}',
      [{ id: 42000, image: "COCO_val2014_000000000042.jpg", text: "What?" }],
    ],
    [
      "TextVQA questions",
      '{"data": [{"question_id": 3, "image_id": "0ab", "question": "Which brand?", "answers": ["nike", "Nike"]}]}',
      [{ id: 3, image: "0ab.jpg", text: "Which brand?", answers: ["nike", "Nike"] }],
    ],
    [
      "{ id: question }",
      '{"201": {"question": "Who?", "imageId": "n1", "answer": "boy"}}',
      [{ id: "201", image: "n1.jpg", text: "Who?", answers: ["boy"] }],
    ],
    [
      "{ id: question }",
      '{"v1_0": {"imagename": "v1_0.png", "question": "What is x?", "answer": "-1 <AND> -5", "capability": ["math"]}}',
      [{ id: "v1_0", image: "v1_0.png", text: "What is x?", answers: ["-1 <AND> -5"] }],
    ],
    [
      "COCO images",
      '{"images": [{"id": 9, "file_name": "nine.jpg"}], "annotations": [{"image_id": 9, "caption": "A nine."}, {"image_id": 9, "caption": "Nine."}]}',
      [{ id: 9, image: "nine.jpg", text: "Caption?", answers: ["A nine.", "Nine."] }],
    ],
    [
      "list of questions",
      '[{"id": "4", "conversations": [{"from": "human", "value": "<image>\\nWhich?\\nA. x"}, {"from": "gpt", "value": "B"}], "image": "4/image.png"}]',
      [{ id: "4", image: "4/image.png", text: "Which?\nA. x", answers: ["B"] }],
    ],
    [
      "list of questions",
      '[{"id": "4", "conversations": [{"from": "human", "value": "Which?\\n<image>"}], "image": "4/image.png"}]',
      [{ id: "4", image: "4/image.png", text: "Which?" }],
    ],
  ])("%s", (layout, text, wanted) => {
    const found = parseQuestions(text, "f", { text: "Caption?" })
    expect(found.questions).toEqual(wanted)
    expect(found.layout).toBe(layout)
  })

  test("the published files", (context) => {
    const read = (path: string) => parseQuestions(readFileSync(withReference(context, path), "utf8"), path).questions
    expect(read("data/llava-bench-coco/qa90_questions.jsonl")).toHaveLength(90)
    expect(read("data/llava-bench-wild/questions.jsonl")).toHaveLength(60)
    const pope = read("data/pope/llava_pope_test.jsonl")
    expect(new Set(pope.map(({ category }) => category))).toEqual(new Set(["random", "popular"]))
    expect(read("data/scienceqa/llava_test_CQM-A.json")).toHaveLength(4241)
  })
})

test("two questions of one id are refused, or numbered where the benchmark asks so", () => {
  const text = '{"question_id": "a/1.png", "text": "Yes?"}\n{"question_id": "a/1.png", "text": "No?"}\n'
  expect(() => parseQuestions(text, "f")).toThrow(/f:2: The question a\/1\.png is there twice, first in line 1/)
  const { questions } = parseQuestions(text, "f", { numberRepeated: true })
  expect(questions.map(({ id }) => id)).toEqual(["a/1.png", "a/1.png#2"])
})

test.each([
  ["nothing", " \n", /f: The file is empty/],
  ["no questions", '{"questions": []}', /f: There are no questions/],
  ["a cut line", '{"question_id": 1, "text": "a"}\n{"question_id": 2, "te', /f:2: The line is not JSON/],
  ["no id", '{"text": "a"}\n{"text": "b"}', /f:1: A question has no id/],
  ["no text", '{"question_id": 1, "text": "a"}\n{"question_id": 2}', /f:2: The question 2 has no text/],
  ["a text that is none", '{"question_id": 1, "text": "a"}\n{"question_id": 2, "text": 3}', /f:2: A question is not/],
])("%s is refused by file and line", (_, text, message) => {
  expect(() => parseQuestions(text, "f")).toThrow(message)
})
