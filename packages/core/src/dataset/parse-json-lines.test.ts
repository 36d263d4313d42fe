import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { withReference } from "#testing"
import { answerSchema } from "./answer.ts"
import { benchContextSchema } from "./bench-context.ts"
import { cocoContextSchema } from "./coco-context.ts"
import { parseJsonLines } from "./parse-json-lines.ts"
import { parseTrainingSamples } from "./parse-training-samples.ts"
import { questionSchema } from "./question.ts"
import { reviewSchema } from "./review.ts"

describe("parseJsonLines", () => {
  it("names file and line", () => {
    const good = '{"question_id": 1, "text": "Why?", "label": "yes"}'
    expect(parseJsonLines(`${good}\r\n\n${good}\n`, questionSchema, "q.jsonl")).toHaveLength(2)
    expect(() => parseJsonLines(`${good}\n{"question_id"`, questionSchema, "q.jsonl")).toThrow(/q\.jsonl:2: .*not JSON/)
    expect(() => parseJsonLines(`\n{"question_id": 1}`, questionSchema, "q.jsonl")).toThrow(/q\.jsonl:2: text/)
  })

  const published = [
    ["llava-bench-wild/questions.jsonl", questionSchema, 60],
    ["llava-bench-wild/context.jsonl", benchContextSchema, 24],
    ["llava-bench-wild/answers/llava-v1.5-7b.jsonl", answerSchema, 60],
    ["llava-bench-wild/reviews/llava-v1.5-7b-eval1.jsonl", reviewSchema, 60],
    ["llava-bench-coco/qa90_questions.jsonl", questionSchema, 90],
    ["coco-boxes/caps_boxes_171.jsonl", cocoContextSchema, 171],
  ] as const
  for (const [path, schema, count] of published) {
    it(`reads the published ${path}`, (context) => {
      const file = withReference(context, "data", path)
      expect(parseJsonLines(readFileSync(file, "utf8"), schema, path)).toHaveLength(count)
    })
  }

  it("reads the published stage-1 samples", (context) => {
    const file = withReference(context, "data", "llava-pretrain-2k", "blip_laion_cc_sbu_2k.json")
    expect(parseTrainingSamples(readFileSync(file, "utf8"), file).length).toBeGreaterThan(2000)
  })
})
