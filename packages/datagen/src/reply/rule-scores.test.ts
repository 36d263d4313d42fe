import { existsSync, readFileSync } from "node:fs"
import { parseJsonLines, questionSchema } from "@llava/core"
import { expect, test } from "vitest"
import { z } from "zod"
import { withReference } from "#testing"
import { readContexts } from "../contexts/read-contexts.ts"
import { readKinds } from "../kinds/read-kinds.ts"
import { checkReply } from "./check-reply.ts"
import { ruleScores, scoreTable } from "./testing/rule-scores.ts"

const docs = new URL("../../../../docs/datagen.md", import.meta.url)

test("the rules judge replies labelled by hand as the documentation says", async () => {
  const scores = await ruleScores()
  expect(scores.reduce((sum, { labelled }) => sum + labelled, 0)).toBeGreaterThan(200)
  for (const { rule, labelled, found, right } of scores) {
    expect(labelled, rule).toBeGreaterThanOrEqual(6)
    expect(right / labelled, `recall of ${rule}`).toBeGreaterThan(0.8)
    expect(right / found, `precision of ${rule}`).toBeGreaterThan(0.8)
  }
  if (existsSync(docs)) expect(readFileSync(docs, "utf8")).toContain(scoreTable(scores))
})

test("nearly all published answers of GPT-4 about COCO images pass", async (context) => {
  const lines = (path: string) => readFileSync(withReference(context, path), "utf8")
  const folder = "data/llava-bench-coco"
  const questions = parseJsonLines(lines(`${folder}/qa90_questions.jsonl`), questionSchema, "questions")
  const answerSchema = z.object({ question_id: z.number(), text: z.string() })
  const answers = parseJsonLines(lines(`${folder}/qa90_gpt4_answer.jsonl`), answerSchema, "answers")
  const path = withReference(context, "data/coco-boxes/caps_boxes_coco2014_val_80.jsonl")
  const { contexts } = await readContexts({ path })
  const [complex] = await readKinds(["complex"])
  const checks = answers.map(({ question_id, text }) => {
    const { image, text: question } = questions.find((each) => each.question_id === question_id)!
    const reply = `Question:\n${question}\n===\nAnswer:\n${text}\n===`
    const described = contexts.find((each) => each.image === image)!
    return checkReply({ text: reply, finishReason: "stop" }, complex!, described)
  })
  expect(checks).toHaveLength(90)
  expect(checks.filter(({ problems }) => problems.length > 0).length).toBeLessThanOrEqual(2)
  expect(checks.filter(({ flags }) => flags.length > 0).length).toBeLessThanOrEqual(2)
})
