import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { ablationPage } from "./ablation-page.ts"
import { readAblationRecord } from "./ablation-record.ts"
import { budgetCurve } from "./budget-curve.ts"

const docs = (name: string) => fileURLToPath(new URL(`../../../../../docs/nano-ablations.${name}`, import.meta.url))

test("what the documents say of ablations follows from their record", async () => {
  const record = (await readAblationRecord(docs("json")))!
  expect(await readFile(docs("md"), "utf8")).toBe(ablationPage(record))
  expect(await readFile(docs("svg"), "utf8")).toBe(`${budgetCurve(record)}\n`)
})
