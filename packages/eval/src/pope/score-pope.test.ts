import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { fixturePath, withReference } from "#testing"
import { parseAnswers } from "../answers/parse-answers.ts"
import { readFixture } from "../testing/read-fixture.ts"
import { parsePopeAnnotations, parsePopeQuestions } from "./parse-pope.ts"
import { parseReply } from "./parse-reply.ts"
import { scorePope } from "./score-pope.ts"

function scoreFolder(folder: string, names: { questions: string; answers: string }) {
  const read = (name: string) => readFileSync(join(folder, name), "utf8")
  return scorePope({
    questions: parsePopeQuestions(read(names.questions), names.questions),
    splits: ["random", "popular"].map((split) => {
      const file = `coco_pope_${split}.json`
      return { split, file, annotations: parsePopeAnnotations(read(file), file) }
    }),
    predictions: parseAnswers(read(names.answers), names.answers),
  }).splits
}

test("the published answers of LLaVA-1.5-13B", (context) => {
  const folder = withReference(context, "data/pope")
  const splits = scoreFolder(folder, { questions: "llava_pope_test.jsonl", answers: "answers_llava-v1.5-13b.jsonl" })
  expect(splits["random"]).toMatchObject({ f1: 87.14, accuracy: 88.01, unparsed: 0, missing: 0 })
  expect(splits["popular"]).toMatchObject({ f1: 86.25, accuracy: 87.43, unparsed: 0, missing: 0 })
})

test("a cut of them; figures by LLaVA's eval_pope.py", () => {
  const splits = scoreFolder(fixturePath("eval/pope"), { questions: "questions.jsonl", answers: "answers.jsonl" })
  const expected = JSON.parse(readFixture("pope/expected.json"))
  expect(splits["random"]).toEqual({ ...expected.random, unparsed: 0, missing: 0, total: 90 })
  expect(splits["popular"]).toEqual({ ...expected.popular, unparsed: 0, missing: 0, total: 90 })
})

describe("questions, annotations and answers that do not fit", () => {
  const question = (id: number, object: string) =>
    `{"question_id":${id},"image":"a.jpg","text":"Is there a ${object}?\\nAnswer.","category":"random"}`
  const label = (object: string, answer: string) =>
    `{"question_id":1,"image":"a.jpg","text":"Is there a ${object}?","label":"${answer}"}`
  const questions = parsePopeQuestions([question(11, "cup"), question(12, "dog")].join("\n"), "q.jsonl")
  const score = (annotations: string, answers: string) =>
    scorePope({
      questions,
      splits: [{ split: "random", file: "r.json", annotations: parsePopeAnnotations(annotations, "r.json") }],
      predictions: parseAnswers(answers, "a.jsonl"),
    })
  const labels = [label("cup", "yes"), label("dog", "no")].join("\n")

  test("a missing answer and an unknown one are counted, an unparsed reply counts as yes", () => {
    const { splits, notes } = score(labels, '{"question_id":12,"text":"Maybe"}\n{"question_id":99,"text":"No"}')
    expect(splits["random"]).toMatchObject({ missing: 1, total: 2, accuracy: 0, yesRatio: 100, unparsed: 1 })
    expect(notes.join("\n")).toMatch(/1 questions have no answer: 11/)
    expect(notes.join("\n")).toMatch(/99 \(line 2\)/)
  })

  test("annotations in another order, or too few, are refused by line", () => {
    const answers = '{"question_id":11,"text":"Yes"}'
    expect(() => score([label("dog", "no"), label("cup", "yes")].join("\n"), answers)).toThrow(
      /r\.json:1: .*"Is there a dog\?"/,
    )
    expect(() => score(label("cup", "yes"), answers)).toThrow(/r\.json:1: There are 1 annotations for the 2 questions/)
  })

  test("a label that is neither yes nor no, and a question that is there twice, are refused by line", () => {
    expect(() => score([label("cup", "yes"), label("dog", "maybe")].join("\n"), "{}")).toThrow(/r\.json:2: .*label/)
    expect(() => parsePopeQuestions([question(11, "cup"), question(11, "dog")].join("\n"), "q.jsonl")).toThrow(
      /q\.jsonl:2: .*11 is there twice/,
    )
  })
})

test.each([
  ["No", "no", true],
  ["no, there is not", "no", true],
  ["Yes", "yes", true],
  ["There is not one.", "no", true],
  ["Yes. No dog though.", "yes", true],
  ["NO", "yes", true],
  ["Nothing here", "yes", false],
  ["", "yes", false],
])("the reply %j is %s", (text, answer, parsed) => {
  expect(parseReply(text)).toEqual({ answer, parsed })
})
