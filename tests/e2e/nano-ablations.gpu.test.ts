import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { runTrainer, startTrainer } from "./train-process.ts"

let folder = ""
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nano-ablations-"))
})
afterAll(() => rm(folder, { recursive: true }))

const asked = (variants: string) => [
  ...["--recipe", "nano", "--ablations", "--budget", "smoke", "--seeds", "1"],
  ...["--variants", variants, "--output", folder],
]
const record = async () => JSON.parse(await readFile(join(folder, "ablations.json"), "utf8"))

test("variants are made and judged; what was killed goes on with what is missing", async () => {
  const begun = startTrainer(asked("baseline,linear projector"))
  begun.child.stderr!.on("data", (text: string) => {
    if (text.includes("2 of 2: linear projector")) begun.child.kill("SIGKILL")
  })
  const killed = await begun.ended
  expect(killed.signal, killed.messages.join("\n")).toBe("SIGKILL")
  expect(killed.messages.join("\n")).toMatch(/About .* in all for 2 runs/)
  const [first, ...others] = (await record()).runs
  expect(first.variant).toBe("baseline")
  expect(others).toEqual([])

  const { code, messages } = await runTrainer(asked("baseline,linear projector"))
  expect(code, messages.join("\n")).toBe(0)
  expect(messages.join("\n")).toContain("1 of 1: linear projector")
  expect(messages.filter((line) => line.includes("done before"))).toHaveLength(2)
  const { runs } = await record()
  expect(runs[0]).toEqual(first)
  expect(runs[1]).toMatchObject({ variant: "linear projector", seed: 1, loss: expect.any(Number) })
  expect(runs[1].loss).not.toBe(first.loss)
  expect(await readFile(join(folder, "nano-ablations.md"), "utf8")).toContain("| linear projector |")

  const unknown = await runTrainer(asked("no such thing"))
  expect(unknown.code).toBe(1)
  expect(unknown.messages.join("\n")).toContain("There is no variant 'no such thing'")
})
