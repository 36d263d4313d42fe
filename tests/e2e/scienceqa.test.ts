import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { makeScienceQAFolder } from "../../apps/scienceqa/src/testing/science-qa-folder.ts"
import { ScriptedTeacherServer } from "../../packages/datagen/src/testing/scripted-teacher-server.ts"
import { startApp } from "./app-process.ts"

const MINUTES = 60_000
const PROBLEMS = 8
const model = fixturePath("llava-original-mlp/model")

let folder = ""
beforeAll(() => {
  folder = makeScienceQAFolder()
})
afterAll(() => rmSync(folder, { recursive: true }))

const start = (name: string, args: readonly string[], environment?: NodeJS.ProcessEnv) =>
  startApp("scienceqa", ["scienceqa", "llava"], [name, ...args], environment)
const run = (name: string, ...args: string[]) => start(name, args).ended
const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "")
const lines = (name: string) =>
  read(name)
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line))

/** Kills a command once so many lines are in a file. */
async function killAt(count: number, file: string, name: string, args: readonly string[]) {
  const { child, ended } = start(name, args)
  while (child.exitCode === null && lines(file).length < count) await pause(5)
  child.kill("SIGKILL")
  return ended
}

test("prepared problems train a model, killed and gone on with", { timeout: 5 * MINUTES }, async () => {
  expect(await run("prepare", "--data", folder, "--output", folder, "--format", "QCM-A")).toMatchObject({ code: 0 })
  const args = [
    ...["--model", model, "--data", join(folder, "llava_train_QCM-A.json"), "--images", join(folder, "images/train")],
    ...["--output", join(folder, "run")],
    ...["steps=4", "batchSize=2", "maxLength=512", "checkpointEvery=1", "learningRate=0.01"].flatMap((set) => [
      "--set",
      set,
    ]),
  ]
  expect(await killAt(2, "run/metrics.jsonl", "train", args)).toMatchObject({ signal: "SIGKILL" })
  expect(lines("run/metrics.jsonl").length).toBeLessThan(4)
  const ended = await run("train", ...args)
  expect(ended.code, ended.messages.join("\n")).toBe(0)
  const steps = lines("run/metrics.jsonl")
  expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4])
  expect(steps[3].loss).toBeLessThan(steps[0].loss)
  expect(JSON.parse(read("run/recipe.json")).recipe).toMatchObject({ name: "scienceqa", epochs: 12, template: "v1" })
})

describe("predict", () => {
  const ask = (output: string, ...more: string[]) => [
    ...["--data", folder, "--model", model, "--template", "v1", "--max-new-tokens", "6", "--batch-size", "2"],
    ...["--output", join(folder, output), ...more],
  ]

  test("killed and torn, it loses and repeats nothing", { timeout: 4 * MINUTES }, async () => {
    const whole = await run("predict", ...ask("whole.jsonl"))
    expect(whole.code, whole.messages.join("\n")).toBe(0)
    expect(whole.messages.at(-1)).toContain(`${PROBLEMS} of ${PROBLEMS} problems are answered`)
    const answers = lines("whole.jsonl")
    expect(answers.map(({ question_id }) => question_id)).toEqual(["11", "12", "13", "14", "15", "16", "17", "18"])
    expect(answers[1]).toMatchObject({
      prompt: expect.stringMatching(/^<image>\nWhich is it, 12\?\nContext: N\/A\nOptions: /),
      metadata: {
        imageTokens: 16,
        run: {
          promptFormat: "QCM-LEA",
          method: "free",
          template: "v1",
          imageMode: "pad",
          decoding: { temperature: 0 },
        },
      },
    })

    expect(await killAt(3, "broken.jsonl", "predict", ask("broken.jsonl"))).toMatchObject({ signal: "SIGKILL" })
    const kept = lines("broken.jsonl").length
    expect(kept).toBeLessThan(PROBLEMS)
    appendFileSync(join(folder, "broken.jsonl"), read("whole.jsonl").split("\n")[kept]!.slice(0, 50))
    const rest = await run("predict", ...ask("broken.jsonl"))
    expect(rest.messages.at(-1)).toContain(`${PROBLEMS - kept} of them now`)
    expect(read("broken.jsonl")).toBe(read("whole.jsonl"))

    const other = await run("predict", ...ask("whole.jsonl", "--format", "QCM-A"))
    expect(other).toMatchObject({ code: 1 })
    expect(other.messages.at(-1)).toMatch(/promptFormat was "QCM-LEA" and is "QCM-A"/)
    expect(lines("whole.jsonl")).toEqual(answers)
  })

  test("in two steps, and by likelihood, with shots", { timeout: 4 * MINUTES }, async () => {
    for (const method of ["two-step", "letters", "texts"]) {
      const shots = method === "letters" ? ["--shots", "1"] : []
      const args = ask(`${method}.jsonl`, "--method", method, "--limit", "1", "--format", "QCM-A", ...shots)
      const ended = await run("predict", ...args)
      expect(ended.code, ended.messages.join("\n")).toBe(0)
      const answers = lines(`${method}.jsonl`)
      expect(answers).toHaveLength(1)
      for (const { text } of answers) {
        if (method === "two-step") expect(text).toContain("\n The answer is ")
        if (method === "letters" || method === "texts") expect(text).toMatch(/^The answer is [ABC]\.$/)
      }
      if (method === "letters") expect(answers[0].metadata).toMatchObject({ run: { shots: 1, shotStyle: "turns" } })
    }
  })

  test("names what it cannot ask, and goes on with the others where told to", { timeout: 3 * MINUTES }, async () => {
    const problems = JSON.parse(read("problems.json"))
    const long = "word ".repeat(700)
    const bad = join(folder, "long.json")
    writeFileSync(bad, JSON.stringify({ ...problems, 13: { ...problems["13"], hint: long } }))
    writeFileSync(join(folder, "images/test/14/image.png"), "no picture")
    const args = ask("bad.jsonl", "--problems", bad)
    const refused = await run("predict", ...args)
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.messages.at(-1)).toMatch(/problem 13: It cannot be answered: The prompt has \d+ tokens/)
    const ended = await run("predict", ...args, "--skip-bad")
    expect(ended.code, ended.messages.join("\n")).toBe(0)
    expect(ended.messages.join("\n")).toMatch(/problem 13 is left out: .*\n.*problem 14 is left out: /)
    expect(lines("bad.jsonl").map(({ question_id }) => question_id)).toEqual(["11", "12", "15", "16", "17", "18"])
    const { stdout } = await run("score", "--data", folder, "--predictions", join(folder, "bad.jsonl"), "--json")
    expect(JSON.parse(stdout)).toMatchObject({ total: 8, missing: 2 })
  })
})

test("a text-only model and judge behind an endpoint, gone on with after it failed", {
  timeout: 2 * MINUTES,
}, async () => {
  const answers = join(folder, "seen.jsonl")
  const ids = ["11", "12", "13", "14", "15", "16", "17", "18"]
  // The problems with an odd number have the answer B, the others A.
  const letter = (id: string) => "AB"[Number(id) % 2]
  writeFileSync(answers, ids.map((id) => `${JSON.stringify({ question_id: id, text: "A" })}\n`).join(""))
  let works = false
  await using server = await ScriptedTeacherServer.start({
    reply: ({ messages }) => {
      const asked = messages.at(-1)!.content
      const id = /Which is it, (\d+)\?/.exec(asked)![1]!
      if (id === "18" && !works) return { fault: "status", status: 400 }
      if (asked.includes("The two answers differ")) return `I keep mine. The answer is ${letter(id)}.`
      return id === "11" ? "I cannot see it." : `The answer is ${letter(id)}. BECAUSE: it is.`
    },
  })
  const output = join(folder, "gpt")
  const args = [
    ...["--data", folder, "--predictions", answers, "--text-model", "gpt-4", "--base-url", server.url],
    ...["--output", output, "--judge", "--json"],
  ]
  const first = await start("ensemble", args, { OPENAI_API_KEY: "k" }).ended
  expect(first.code, first.messages.join("\n")).toBe(0)
  expect(first.messages.join("\n")).toContain("problem 18 has no reply")
  expect(lines("gpt/text.jsonl")).toHaveLength(7)
  expect(server.requests[0]!.chat!.messages.map(({ role }) => role)).toEqual([
    ...["system", "user", "assistant", "user", "assistant", "user"],
  ])

  works = true
  const before = server.requests.length
  const second = await start("ensemble", args, { OPENAI_API_KEY: "k" }).ended
  expect(JSON.parse(second.stdout)).toMatchObject({
    ...{ model: { correct: 4 }, textModel: { correct: 7 }, complement: { correct: 7 }, judge: { correct: 8 } },
    ...{ upperBound: { correct: 7 }, textUnparsed: 1, textMissing: 0 },
  })
  // Problem 18 alone was left to ask; its letters then agree.
  expect(server.requests).toHaveLength(before + 1)
  expect(
    lines("gpt/judge.jsonl")
      .map(({ question_id }) => question_id)
      .sort(),
  ).toEqual(["11", "13", "15", "17"])

  const other = await start("ensemble", [...args, "--shots", "1"], { OPENAI_API_KEY: "k" }).ended
  expect(other).toMatchObject({ code: 1 })
  expect(other.messages.at(-1)).toMatch(/gpt\/text\.jsonl:1: The problem \d+ was asked otherwise/)
})
