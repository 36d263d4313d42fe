import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { StepLines } from "./step-lines.ts"

let folder = ""
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lines-"))
})
afterEach(() => rm(folder, { recursive: true }))

it("drops what lies beyond the step that a run goes on from, and a line that was cut short", async () => {
  const file = join(folder, "metrics.jsonl")
  const first = await StepLines.open<{ step: number; loss: number }>(file, 0)
  for (const step of [1, 2, 3, 4]) await first.append({ step, loss: 1 / step })
  await writeFile(file, '{"step":5,"lo', { flag: "a" })
  const again = await StepLines.open<{ step: number; loss: number }>(file, 2)
  expect(again.lines).toEqual([
    { step: 1, loss: 1 },
    { step: 2, loss: 0.5 },
  ])
  expect([again.has(2), again.has(3)]).toEqual([true, false])
  await again.append({ step: 3, loss: 9 })
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n")
  expect(lines.map((line) => JSON.parse(line).step)).toEqual([1, 2, 3])
})

it("keeps lines in memory without a file", async () => {
  const lines = await StepLines.open<{ step: number }>(undefined, 0)
  await lines.append({ step: 7 })
  expect(lines.lines).toEqual([{ step: 7 }])
})
