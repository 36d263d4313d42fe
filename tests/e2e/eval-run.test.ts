import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { afterAll, describe, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { runEval, startEval } from "./eval-process.ts"

const QUESTIONS = 8
const MINUTES = 60_000
const folder = mkdtempSync(join(tmpdir(), "llava-eval-run-"))
afterAll(() => rmSync(folder, { recursive: true }))

const pictures = ["drawn-120x401-alpha.png", "drawn-333x217.png"]
const questions = join(folder, "questions.jsonl")
writeFileSync(
  questions,
  Array.from({ length: QUESTIONS }, (_, id) =>
    JSON.stringify({ question_id: id, image: pictures[id % 2], text: `What ${id}?`, category: "conv", answer: "red" }),
  ).join("\n"),
)
const ask = (output: string, ...more: string[]) => [
  ...["run", "llava-bench", "--model", fixturePath("llava-original-mlp/model"), "--questions", questions],
  ...["--images", fixturePath("image-processor/images"), "--template", "v1", "--max-new-tokens", "6"],
  ...["--output", join(folder, output), ...more],
]
const read = (output: string) => readFileSync(join(folder, output), "utf8")
const answers = (output: string) =>
  read(output)
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line))

describe("a run over questions", () => {
  test("killed and torn, it goes on with what it lacks", { timeout: 3 * MINUTES }, async () => {
    expect(await runEval(ask("whole.jsonl"))).toMatchObject({ code: 0 })
    const whole = answers("whole.jsonl")
    expect(whole.map(({ question_id }) => question_id)).toEqual(Array.from({ length: QUESTIONS }, (_, id) => id))
    expect(whole[0]).toMatchObject({
      prompt: "What 0?",
      model_id: "llava-original-mlp/model",
      metadata: { run: { template: "v1", imageMode: "pad", promptFormat: null, decoding: { maxNewTokens: 6 } } },
    })
    expect(whole[0].metadata.run.model.sha256).toMatch(/^[0-9a-f]{64}$/)

    const { child, ended } = startEval(ask("broken.jsonl"))
    const file = join(folder, "broken.jsonl")
    while (child.exitCode === null && (!existsSync(file) || answers("broken.jsonl").length < 3)) await pause(5)
    child.kill("SIGKILL")
    expect(await ended).toMatchObject({ signal: "SIGKILL" })
    const kept = answers("broken.jsonl").length
    expect(kept).toBeLessThan(QUESTIONS)
    appendFileSync(file, read("whole.jsonl").split("\n")[kept]!.slice(0, 40))
    const rest = await runEval(ask("broken.jsonl"))
    expect(rest.messages.at(-1)).toContain(`${QUESTIONS} answers`)
    expect(rest.messages.at(-1)).toContain(`${QUESTIONS - kept} of them new`)
    expect(read("broken.jsonl")).toBe(read("whole.jsonl"))

    const other = await runEval(ask("whole.jsonl", "--temperature", "0.5"))
    expect(other).toMatchObject({ code: 1 })
    expect(other.messages.at(-1)).toMatch(/made otherwise: decoding\.temperature was 0 and is 0\.5\..*--restart/)
    expect(answers("whole.jsonl")).toEqual(whole)
  })

  test("side by side, and with shots", { timeout: 3 * MINUTES }, async () => {
    expect(await runEval(ask("together.jsonl", "--batch-size", "3"))).toMatchObject({ code: 0 })
    const texts = (output: string) =>
      answers(output)
        .map(({ question_id, text }) => `${question_id} ${text}`)
        .sort()
    expect(texts("together.jsonl")).toEqual(texts("whole.jsonl"))
    const examples = join(folder, "examples.jsonl")
    writeFileSync(
      examples,
      Array.from({ length: 5 }, (_, id) =>
        JSON.stringify({ question_id: `e${id}`, image: pictures[1], text: "Colour?", answer: "red" }),
      ).join("\n"),
    )
    const shots = await runEval(ask("shots.jsonl", "--shots", "4", "--examples", examples, "--limit", "1"))
    expect(shots.code, shots.messages.join()).toBe(0)
    expect(answers("shots.jsonl")[0].metadata).toMatchObject({ imageTokens: 5 * 16, run: { shots: 4 } })
  })

  test("what would not work is said before anything is asked", { timeout: MINUTES }, async () => {
    const { code, messages } = await runEval(ask("refused.jsonl", "--images", folder))
    expect(code).toBe(1)
    expect(messages.at(-1)).toMatch(/2 of 2 images are not in/)
    expect(existsSync(join(folder, "refused.jsonl"))).toBe(false)
  })
})
