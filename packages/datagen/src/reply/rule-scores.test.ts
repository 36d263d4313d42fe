import { existsSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { ruleScores, scoreTable } from "./testing/rule-scores.ts"

const docs = new URL("../../../../docs/datagen.md", import.meta.url)

test("the rules judge replies labelled by hand as the documentation says", async () => {
  const scores = await ruleScores()
  expect(scores.reduce((sum, { labelled }) => sum + labelled, 0)).toBeGreaterThan(200)
  for (const { rule, labelled, found, right } of scores) {
    expect(labelled, rule).toBeGreaterThanOrEqual(6)
    expect(right / labelled, `recall of ${rule}`).toBeGreaterThan(0.8)
    // Unknown objects are only flagged: background knowledge names things that are not in the image, and rightly so.
    expect(right / found, `precision of ${rule}`).toBeGreaterThan(rule === "unknown-object" ? 0.7 : 0.8)
  }
  if (existsSync(docs)) expect(readFileSync(docs, "utf8")).toContain(scoreTable(scores))
})
