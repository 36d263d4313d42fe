import { expect, test } from "vitest"
import { ablationBase } from "./ablation-base.ts"
import { ablationPage } from "./ablation-page.ts"
import type { AblationRecord, AblationRun } from "./ablation-record.ts"
import { ablationTable } from "./ablation-table.ts"
import { ablationVariants } from "./ablation-variants.ts"
import { budgetCurve } from "./budget-curve.ts"

const run = (
  variant: string,
  seed: number,
  [what, describe, reasoning]: readonly [number, number, number],
): AblationRun => ({
  ...{ variant, seed, loss: 1 - (what + describe + reasoning) / 300 },
  kinds: [
    { kind: "what", right: what, total: 100, commonest: 0.1 },
    { kind: "describe", right: describe, total: 100, commonest: 0 },
    { kind: "reasoning", right: reasoning, total: 100, commonest: 0.5 },
  ],
})
const record: AblationRecord = {
  ...{ budget: "cpu", plan: ablationBase("cpu").plan, adapter: "an adapter" },
  variants: ablationVariants.map(({ name, change }) => ({ name, change })),
  runs: [
    ...[1, 2, 3].map((seed) => run("baseline", seed, [80 + seed, 70, 60])),
    ...[1, 2, 3].map((seed) => run("linear projector", seed, [70 + seed, 70, 58 + seed])),
    ...[1, 2, 3].map((seed) => run("answer first", seed, [50 + seed, 40, 50])),
    run("twice stage 2", 1, [90, 90, 90]),
  ],
}
const lineOf = (text: string, name: string) => text.split("\n").find((line) => line.startsWith(`| ${name} |`))!

test("the table has means, spreads and the differences seed by seed", () => {
  const table = ablationTable(record)
  expect(lineOf(table, "baseline")).toBe(
    "| baseline | 82.0 ± 1.0 % | 70.0 ± 0.0 % | 60.0 ± 0.0 % | **70.7 ± 0.3 %** |  | 0.293 ± 0.003 |  |",
  )
  // Differences of all are -11, -10 and -9 of 300: a mean of -3.33 %, an interval of 4.303 / sqrt(3) times a third.
  expect(lineOf(table, "linear projector")).toContain("| −3.3 (−4.2 to −2.5) |")
  expect(lineOf(table, "answer first")).toContain("of other answers")
  expect(lineOf(table, "twice stage 2")).toContain("| +19.7 |")
  expect(lineOf(table, "no stage 1")).toBeUndefined()
})

test("the page says what agrees with the papers, and what is not there yet", () => {
  const page = ablationPage(record)
  expect(lineOf(page, "answer first")).toBeDefined()
  expect(page).toContain("**Not every run is done yet.**")
  const beside = page.slice(page.indexOf("## Beside the papers"))
  expect(lineOf(beside, "linear projector")).toContain("**agrees**: the variant is worse.")
  expect(lineOf(beside, "no stage 1")).toContain("not made yet")
  expect(page).toContain("Of 2 published findings that were tried, the seeds here agree with 2, do not agree with 0")
  expect(beside).toContain("with 200, 400 steps")
  const byKind = beside.slice(beside.indexOf("## By kind of question"))
  expect(lineOf(byKind, "*commonest answer*")).toBe("| *commonest answer* | 10.0 % | 0.0 % | 50.0 % |")
  expect(lineOf(byKind, "answer first")).toBe("| answer first | 52.0 ± 1.0 % | 40.0 ± 0.0 % | 50.0 ± 0.0 % |")
  const runs = ablationVariants.flatMap(({ name }) => [1, 2, 3].map((seed) => run(name, seed, [80, 70, 60])))
  expect(ablationPage({ ...record, runs })).not.toContain("Not every run")
})

test("the curve has a line for each kind of data", () => {
  const picture = budgetCurve(record)
  expect(picture.match(/<polyline/g)).toHaveLength(3)
  expect(picture).toContain("xmlns")
})
