import type { RunRecord } from "@llava/eval"
import { expect, test } from "vitest"
import { checkSameRun } from "./check-same-run.ts"

const run: RunRecord = {
  ...{ task: "vqa", promptFormat: null, shots: 0, shotStyle: null, template: "v1", imageMode: "pad" },
  ...{ selectLayers: [-2], selectFeature: "patch", versions: { node: "v24" } },
  decoding: { temperature: 0, topP: 1, maxNewTokens: 8, seed: 0 },
  model: { name: "m", sha256: "aa" },
}
const answer = (id: number, made: object = run) => ({ question_id: id, text: "x", metadata: { run: made } })

test("the questions that a file answers already", () => {
  expect(checkSameRun([answer(1), answer(2)], run, "f")).toEqual(new Set(["1", "2"]))
})

test.each([
  [
    "another model",
    [answer(1), answer(2, { ...run, model: { name: "m", sha256: "bb" } })],
    /model\.sha256 was "bb" and is "aa"/,
  ],
  ["another layer", [answer(1, { ...run, selectLayers: [-1] })], /selectLayers\.0 was -1 and is -2/],
  ["a question twice", [answer(1), answer(1)], /f:2: The question 1 is answered twice/],
  ["answers of another program", [{ question_id: 1, text: "x", metadata: {} }], /f:1: This is no line/],
  ["something else", [answer(1), [1]], /f:2: This is no line/],
])("%s is refused", (_, records, message) => {
  expect(() => checkSameRun(records, run, "f")).toThrow(message)
})
