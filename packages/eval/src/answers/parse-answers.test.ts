import { describe, expect, test } from "vitest"
import { parseAnswers } from "./parse-answers.ts"

const texts = (text: string) =>
  Object.fromEntries([...parseAnswers(text, "f").answers].map(([id, answer]) => [id, answer.text]))

describe("each layout gives the same answers", () => {
  const wanted = { 1: "Yes", 2: "The answer\nis B." }
  const second = JSON.stringify(wanted[2])
  test.each([
    ["{ outputs }", `{"outputs": {"1": "Yes", "2": ${second}}}`],
    ["{ outputs, results }", `{"acc": 1, "results": {"1": 0, "2": 1}, "outputs": {"1": "Yes", "2": ${second}}}`],
    ["answer lines", `{"question_id": 1, "text": "Yes"}\n{"question_id": "2", "text": ${second}}`],
    [
      "answer lines with model",
      `\uFEFF{"question_id": 1, "text": "Yes", "model_id": "m"}\r\n\r\n{"question_id": "2", "text": ${second}, "model_id": "m"}\r\n`,
    ],
    ["list of answers", `[{"id": 1, "prediction": "Yes", "extra": []},\n {"id": "2", "prediction": ${second}}]`],
    ["{ id: answer }", `{"1": "Yes", "2": [${second}]}`],
    [
      "{ correct, incorrect }",
      `{"correct": [{"question_id": "1", "pred": "Yes"}], "incorrect": [{"question_id": "2", "pred": ${second}}]}`,
    ],
    [
      "lmms-eval samples",
      `{"doc_id": 0, "doc": {"question_id": "1"}, "resps": [["x"]], "filtered_resps": ["Yes"]}\n{"doc_id": 1, "doc": {"question_id": 2}, "filtered_resps": [${second}]}`,
    ],
    ["VLMEvalKit table", `index\tquestion\tprediction\n1\tWhat?\tYes\n2\t"a\nb"\t"The answer\nis B."\n`],
    [
      "VLMEvalKit records",
      `[{"index": 1, "question": "?", "prediction": "Yes"}, {"index": 2, "prediction": ${second}}]`,
    ],
  ])("%s", (layout, text) => {
    expect(texts(text)).toEqual(wanted)
    expect(parseAnswers(text, "f").layout).toBe(layout)
  })

  test("{ results }, indices alone", () => {
    const { answers, layout } = parseAnswers('{"results": {"1": 0, "2": "-1"}}', "f")
    expect([...answers.values()].map(({ choice }) => choice)).toEqual([0, -1])
    expect(layout).toBe("{ results }")
  })

  test("one line alone", () => {
    expect(texts('{"question_id": 1, "text": "Yes"}')).toEqual({ 1: "Yes" })
  })
})

describe("what is no answer file is refused, by file and line", () => {
  test.each([
    ["nothing", "", /f: The file is empty/],
    ["an empty list", "[]", /f: There are no answers/],
    ["no outputs", '{"outputs": {}}', /f: There are no answers/],
    ["a cut line", '{"question_id": 1, "text": "a"}\n{"question_id": 2, "te', /f:2: The line is not JSON/],
    ["a cut file", '{"outputs": {"1": "a",\n"2": "b', /f:2: The file is not JSON/],
    [
      "a question answered twice",
      '{"question_id": 1, "text": "a"}\n{"question_id": "1", "text": "b"}',
      /f:2: The question 1 is answered twice, first in line 1/,
    ],
    ["equal keys", '{"outputs": {\n"1": "a",\n"1": "b"}}', /f:3: outputs\.1 is there twice, first in line 2/],
    [
      "two models",
      '{"question_id": 1, "text": "a", "model_id": "m"}\n{"question_id": 2, "text": "b", "model_id": "n"}',
      /f:2: The question 2 is answered by n, the ones before by m/,
    ],
    ["an answer without id", '{"text": "a"}\n{"text": "b"}', /f:1: An answer has no id/],
    [
      "an answer without text",
      '{"question_id": 1, "text": "a"}\n{"question_id": 2}',
      /f:2: The answer to 2 has no text/,
    ],
    ["a result that is no index", '{"results": {"1": 0.5}}', /f:1: results\.1 is 0\.5/],
    ["NaN for an answer", '{"results": {"1": NaN}}', /f:1: results\.1 is null/],
    ["an object of objects", '{"1": {"a": {}}}', /f:1: The answer to 1 has no text/],
  ])("%s", (_, text, message) => {
    expect(() => parseAnswers(text, "f")).toThrow(message)
  })
})
