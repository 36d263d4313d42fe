import { writeWhole } from "../write-whole.ts"
import { ablationPage } from "./ablation-page.ts"
import type { AblationRecord } from "./ablation-record.ts"
import { budgetCurve } from "./budget-curve.ts"

/** Writes `ablations.json`, and the page about it with its picture. */
export async function writeAblations(output: string, record: AblationRecord): Promise<void> {
  await writeWhole(`${output}/ablations.json`, `${JSON.stringify(record, undefined, 1)}\n`)
  await writeWhole(`${output}/nano-ablations.md`, ablationPage(record))
  await writeWhole(`${output}/nano-ablations.svg`, `${budgetCurve(record)}\n`)
}
