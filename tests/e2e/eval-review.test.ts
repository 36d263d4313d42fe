import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { withReference } from "#testing"
import type { ScriptedReply } from "../../packages/datagen/src/testing/scripted-reply.ts"
import { ScriptedTeacherServer } from "../../packages/datagen/src/testing/scripted-teacher-server.ts"
import { runEval } from "./eval-process.ts"
import { textModelFolder } from "./text-model.ts"

const folder = mkdtempSync(join(tmpdir(), "llava-eval-review-"))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, records: readonly object[]): string => {
  const file = join(folder, name)
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""))
  return file
}
const read = (name: string) =>
  readFileSync(join(folder, name), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))

const ids = [1, 2, 3, 4]
const questions = write(
  "questions.jsonl",
  ids.map((id) => ({ question_id: id, image: "a.jpg", text: `Question ${id}?`, category: id < 3 ? "conv" : "detail" })),
)
const contexts = write("contexts.jsonl", [{ image: "a.jpg", caption: "A cup on a table." }])
const rules = join(folder, "rule.json")
const rule = { role: "Assistant", prompt: "Please rate." }
writeFileSync(rules, JSON.stringify({ llava_bench_conv: rule, llava_bench_detail: rule }))
const answers = (name: string) =>
  write(
    `${name}.jsonl`,
    ids.map((id) => ({ question_id: id, text: `${name} ${id}`, answer_id: `${name}${id}`, model_id: name })),
  )
const [reference, candidate] = [answers("reference"), answers("candidate")]
const review = (url: string, output: string, ...more: string[]) => [
  ...["review", "--questions", questions, "--contexts", contexts, "--rules", rules, "--judge", "scripted"],
  ...["--reference", reference, "--candidate", candidate, "--base-url", url, "--concurrency", "1"],
  ...["--output", join(folder, output), ...more],
]

describe("reviews by a judge behind an endpoint", () => {
  test("in both orders, by a judge that favours the first answer and fails once", { timeout: 120_000 }, async () => {
    await using server = await ScriptedTeacherServer.start({
      reply: ({ messages }): ScriptedReply => {
        const content = messages[1]!.content
        if (content.includes("Question 4?")) return { text: "I would rather not say." }
        return { text: content.includes("[Assistant 1]\nreference") ? "9 6\nThe first." : "8 7\nThe first." }
      },
    })
    const { code, stdout, messages } = await runEval(review(server.url, "reviews.jsonl", "--both-orders", "--json"))
    expect(code, messages.join()).toBe(0)
    const { all, failed, positionBias, llava_bench_conv } = JSON.parse(stdout)
    expect(failed).toBe(2)
    expect(all).toMatchObject({ reference: 80, candidate: 70, relative: 90.48 })
    expect(llava_bench_conv.relative).toBe(90.48)
    expect(positionBias).toEqual({ questions: 3, firstPlace: 2, reversed: 100 })
    expect(messages.join()).toMatch(/question 4 \(line 4\)/)
    const [first, , , last] = read("reviews.jsonl")
    expect(first).toMatchObject({
      ...{ id: 1, question_id: 1, answer1_id: "reference1", answer2_id: "candidate1", category: "llava_bench_conv" },
      ...{ content: "9 6\nThe first.", tuple: [9, 6] },
      metadata: { swapped: false, run: { judge: { model: "scripted", temperature: 0.2, maxTokens: 1024 } } },
    })
    expect(Date.parse(first.metadata.date)).toBeGreaterThan(Date.parse("2026-01-01"))
    expect(last).toMatchObject({ content: "I would rather not say.", tuple: [-1, -1] })
    expect(read("reviews-swapped.jsonl")[0]).toMatchObject({ answer1_id: "candidate1", tuple: [7, 8] })
    const { chat } = server.chats[0]!
    expect(chat).toMatchObject({ model: "scripted", temperature: 0.2, max_tokens: 1024 })
    expect(chat!.messages[0]!.content).toMatch(/^You are a helpful and precise assistant/)

    const asked = server.chats.length
    const again = await runEval(review(server.url, "reviews.jsonl", "--both-orders", "--json"))
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(stdout))
    expect(server.chats).toHaveLength(asked)
  })

  test("retries, goes on where the endpoint stopped it, and asks anew for scores", { timeout: 120_000 }, async () => {
    let isDown = true
    let second = 0
    await using server = await ScriptedTeacherServer.start({
      reply: ({ messages }, attempt): ScriptedReply => {
        const content = messages[1]!.content
        if (content.includes("Question 3?") && isDown) return { fault: "status", status: 401, code: "invalid_api_key" }
        if (content.includes("Question 1?") && attempt === 1) return { fault: "status", status: 500 }
        // Every other time there are no scores.
        return { text: content.includes("Question 2?") && ++second % 2 === 1 ? "Well." : "8 4" }
      },
    })
    const stopped = await runEval(review(server.url, "stopped.jsonl"))
    expect(stopped).toMatchObject({ code: 1 })
    expect(read("stopped.jsonl").map(({ tuple }) => tuple)).toEqual([
      [8, 4],
      [-1, -1],
    ])
    isDown = false
    expect(await runEval(review(server.url, "stopped.jsonl"))).toMatchObject({ code: 0 })
    expect(read("stopped.jsonl").map(({ question_id }) => question_id)).toEqual(ids)

    const { stdout } = await runEval(review(server.url, "runs.jsonl", "--runs", "2", "--attempts", "2", "--json"))
    expect(JSON.parse(stdout)).toMatchObject({ all: { relative: 50, spread: 0 }, failed: 0 })
    expect(read("runs-2.jsonl")).toHaveLength(4)
    const other = await runEval(review(server.url, "stopped.jsonl", "--temperature", "0.9"))
    expect(other.messages.join()).toMatch(/judge\.temperature was 0\.2 and is 0\.9/)
  })

  test("reference answers from captions", { timeout: 120_000 }, async () => {
    await using server = await ScriptedTeacherServer.start({ reply: () => ({ text: " A cup. \n" }) })
    const args = ["references", "--questions", questions, "--contexts", contexts, "--teacher", "scripted"]
    const { code } = await runEval([...args, "--base-url", server.url, "--output", join(folder, "made.jsonl")])
    expect(code).toBe(0)
    const made = read("made.jsonl").sort((a, b) => a.question_id - b.question_id)
    expect(made).toHaveLength(4)
    expect(made[2]).toMatchObject({ question_id: 3, text: "A cup.", model_id: "scripted", category: "detail" })
    expect(server.chats.map(({ chat }) => chat!.messages[1]!.content).sort()[0]).toBe(
      "A cup on a table.\n\nQuestion 1?",
    )
  })

  test("a local judge with too short a context fails every review, and says why", { timeout: 120_000 }, async () => {
    const judge = await textModelFolder()
    const args = review(
      "http://localhost:1/v1",
      "local.jsonl",
      "--judge",
      `local:${judge}`,
      "--template",
      "v1",
      "--json",
    )
    const { code, stdout, messages } = await runEval(args)
    await rm(judge, { recursive: true })
    expect(code, messages.join()).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ all: { relative: null }, failed: 4 })
    expect(read("local.jsonl")[0]).toMatchObject({ content: "", tuple: [-1, -1] })
    expect(read("local.jsonl")[0].metadata.error).toMatch(/The prompt has \d+ tokens/)
    expect(read("local.jsonl")[0].metadata.run.judge.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test("a judge that says what GPT-4 said leaves the published file", { timeout: 120_000 }, async (context) => {
    const data = withReference(context, "data/llava-bench-wild")
    const published = readFileSync(join(data, "reviews/llava-v1.5-7b-eval1.jsonl"), "utf8").trim().split("\n")
    const reviews = published.map((line) => JSON.parse(line))
    let next = 0
    await using server = await ScriptedTeacherServer.start({ reply: () => ({ text: reviews[next++].content }) })
    const { code, stdout } = await runEval([
      ...["review", "--questions", join(data, "questions.jsonl"), "--contexts", join(data, "context.jsonl")],
      ...["--rules", join(data, "rule.json"), "--reference", join(data, "answers_gpt4.jsonl"), "--json"],
      ...["--candidate", join(data, "answers/llava-v1.5-7b.jsonl"), "--judge", "gpt-4-0314", "--concurrency", "1"],
      ...["--base-url", server.url, "--output", join(folder, "published.jsonl")],
    ])
    expect(code).toBe(0)
    expect(JSON.parse(stdout).all.relative).toBe(64.75)
    expect(read("published.jsonl").map(({ metadata: _, ...line }) => JSON.stringify(line))).toEqual(
      reviews.map((line) => JSON.stringify(line)),
    )
  })
})
