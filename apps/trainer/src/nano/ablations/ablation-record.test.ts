import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ablationBase } from "./ablation-base.ts"
import { type AblationRecord, readAblationRecord } from "./ablation-record.ts"
import { ablationVariants } from "./ablation-variants.ts"
import { openAblationRecord } from "./open-ablation-record.ts"
import { writeAblations } from "./write-ablations.ts"

let folder = ""
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ablations-"))
})
afterAll(() => rm(folder, { recursive: true }))

test("a record is read as it was written, beside its page and picture", async () => {
  const record: AblationRecord = {
    ...{ budget: "cpu", plan: ablationBase("cpu").plan, adapter: "an adapter" },
    variants: ablationVariants.map(({ name, change }) => ({ name, change })),
    runs: [{ variant: "baseline", seed: 1, loss: 0.5, kinds: [{ kind: "what", right: 1, total: 2, commonest: 0 }] }],
  }
  await writeAblations(folder, record)
  expect(await readAblationRecord(join(folder, "ablations.json"))).toEqual(record)
  expect(await openAblationRecord(folder, { ...record, runs: [] })).toEqual(record)
  await expect(openAblationRecord(folder, { ...record, budget: "gpu" })).rejects.toMatchObject({ code: "other-run" })
  expect(await readFile(join(folder, "nano-ablations.md"), "utf8")).toContain("| baseline | 50.0 %")
  expect(await readFile(join(folder, "nano-ablations.svg"), "utf8")).toContain("<svg")
})

test("no file is no record; a broken one is told", async () => {
  expect(await readAblationRecord(join(folder, "none.json"))).toBeUndefined()
  const file = join(folder, "broken.json")
  await writeFile(file, '{ "budget": "cpu" }')
  await expect(readAblationRecord(file)).rejects.toMatchObject({ code: "file-invalid" })
})
