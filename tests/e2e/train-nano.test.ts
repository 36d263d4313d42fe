import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import sharp from "sharp"
import { afterAll, beforeAll, expect, test } from "vitest"
import { runChat } from "./chat-process.ts"
import { runTrainer } from "./train-process.ts"

const MINUTES = 60_000

let folder = ""
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "train-nano-"))
})
afterAll(() => rm(folder, { recursive: true }))

const output = () => join(folder, "nano")
const smoke = (budget = "smoke") => runTrainer(["--recipe", "nano", "--budget", budget, "--output", output()])
const metrics = () => readFile(join(output(), "4-stage2", "metrics.jsonl"), "utf8")

test("a nano of nothing is made, judged and reported, and chats", { timeout: 4 * MINUTES }, async () => {
  const { code, messages } = await smoke()
  expect(code, messages.join("\n")).toBe(0)
  expect(messages.join("\n")).toMatch(/About .* in all at \d+ GFLOP/)
  expect((await metrics()).trim().split("\n")).toHaveLength(4)
  const evaluation = JSON.parse(await readFile(join(output(), "evaluation.json"), "utf8"))
  expect(evaluation.kinds.map(({ kind }: { kind: string }) => kind)).toContain("relation-yes-no")
  expect(evaluation.patches.probe.total).toBeGreaterThan(0)
  expect(evaluation.patches.retrieval).toMatchObject({ batchSize: 4, toText: { total: 4 }, toPicture: { total: 4 } })
  expect(evaluation.domain).toMatchObject({ falseAlarms: { total: 4 }, unseenFalseAlarms: { total: 4 } })
  expect(await readFile(join(output(), "report.html"), "utf8")).toContain("Failures")

  const picture = join(folder, "gray.png")
  await sharp({ create: { width: 90, height: 72, channels: 3, background: "gray" } }).toFile(picture)
  const asked = ["--model", join(output(), "model"), "--image", picture, "--prompt", "What is this?"]
  const chat = await runChat([...asked, "--max-new-tokens", "4", "--json"])
  expect(chat.code, chat.stderr).toBe(0)
  // Nine patches are the picture; the text is <s>, USER:, the question as one token, ASSISTANT:.
  expect(JSON.parse(chat.stdout).tokens).toEqual({ prompt: 4, image: 9, generated: 4 })
})

test("the same command does nothing twice, and mistakes are told", { timeout: 4 * MINUTES }, async () => {
  const before = await metrics()
  const again = await smoke()
  expect(again.code, again.messages.join("\n")).toBe(0)
  expect(again.messages.filter((line) => line.includes("done before"))).toHaveLength(4)
  expect(await metrics()).toBe(before)
  const verified = await runTrainer(["--recipe", "nano", "--verify", output()])
  expect(verified.code, verified.messages.join("\n")).toBe(0)
  expect(verified.messages.filter((line) => line.includes("losses are as recorded"))).toHaveLength(2)
  const file = join(output(), "2-language", "metrics.jsonl")
  await writeFile(
    file,
    (await readFile(file, "utf8")).replace(/"loss":([\d.]+)/, (_, loss) => `"loss":${Number(loss) + 0.1}`),
  )
  const differs = await runTrainer(["--recipe", "nano", "--verify", output()])
  expect(differs.code).toBe(1)
  expect(differs.messages.join("\n")).toContain("Language on maps: losses are not as recorded")
  const other = await smoke("cpu")
  expect(other.code).toBe(1)
  expect(other.messages.join("\n")).toContain("holds another run")
  const unknown = await smoke("huge")
  expect(unknown.messages.join("\n")).toContain("There is no budget 'huge'")
})
