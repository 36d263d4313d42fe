import { mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseTrainingSamples } from "@llava/core"
import { expect, test } from "vitest"
import type { ScriptedChat, ScriptedReply } from "../testing/scripted-reply.ts"
import { ScriptedTeacherServer } from "../testing/scripted-teacher-server.ts"
import { runDatagen } from "./run-datagen.ts"
import type { Terminal } from "./terminal.ts"

const folder = mkdtempSync(join(tmpdir(), "datagen-cli-"))
const contexts = fileURLToPath(new URL("../../examples/contexts.jsonl", import.meta.url))

async function run(args: readonly string[], environment: Terminal["environment"] = {}) {
  const printed: string[] = []
  const noted: string[] = []
  const lines: string[] = []
  const terminal: Terminal = {
    environment,
    print: (line) => printed.push(line),
    note: (line) => noted.push(line),
    progress: (line) => lines.push(line),
    columns: 120,
    signal: new AbortController().signal,
    exitCode: 0,
  }
  await runDatagen(args, terminal)
  return { exitCode: terminal.exitCode, printed: printed.join("\n"), noted: noted.join("\n"), progress: lines }
}

function goodReply({ messages, seed = 0 }: ScriptedChat): ScriptedReply {
  const system = messages[0]!.content
  const captions = messages.at(-1)!.content.split("\n")
  if (system.includes("describes photos")) return captions.slice(0, 5).join("\n")
  const turn = (question: string, at = 0) => `Question:\n${question}\n===\nAnswer:\n${captions[at]}\n===\n`
  if (system.includes("one question")) return turn(`Why is number ${seed} here?`)
  return ["Where is it?", "What is it?", "Who is there?"].map(turn).join("")
}

test("generate: data, manifest and a progress line; the same command again asks nothing", async () => {
  await using server = await ScriptedTeacherServer.start({ reply: goodReply, key: "secret" })
  const out = join(folder, "good")
  const args = ["generate", "--contexts", contexts, "--out", out, "--base-url", server.url, "--model", "scripted"]
  args.push(
    "--kinds",
    "conversation=1,detail=1,complex=1",
    "--samples-per-image",
    "3",
    "--seed",
    "4",
    "--concurrency",
    "2",
  )
  args.push("--price", "1,2")
  const { exitCode, printed, noted, progress } = await run(args, { OPENAI_API_KEY: "secret" })
  expect(noted).toContain("2 images, 10 captions, 11 boxes.")
  expect(exitCode).toBe(0)
  expect(printed).toBe(join(out, "data.json"))
  expect(progress.at(-2)).toMatch(/^\[#+\] 6 of 6 {2}6 samples, 0 replies rejected {2}\S+ tokens {2}\$0\.\d{4}$/)
  const samples = parseTrainingSamples(readFileSync(join(out, "data.json"), "utf8"), "data.json")
  expect(samples.map(({ id }) => id).sort()).toEqual(
    ["harbour", "kitchen"].flatMap((id) => [`${id}/complex/0`, `${id}/conversation/0`, `${id}/detail/0`]),
  )
  const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))
  expect(manifest).toMatchObject({ complete: true, run: { teacher: { model: "scripted" }, sampling: { seed: 4 } } })
  expect(server.chats).toHaveLength(6)

  expect((await run(args, { OPENAI_API_KEY: "secret" })).exitCode).toBe(0)
  expect(server.chats).toHaveLength(6)
  const other = await run([...args.slice(0, -2), "--temperature", "0"], { OPENAI_API_KEY: "secret" })
  expect(other.exitCode).toBe(1)
  expect(other.noted).toContain("teacher.temperature: 0.7 before, 0 now")
  expect((await run(["check", join(out, "data.json")])).noted).toContain("6 samples, 0 errors, 0 warnings.")
})

test("generate: rate limits, broken streams, refusals and nonsense on the way", async () => {
  const faults: ScriptedReply[] = [
    { fault: "status", status: 429, headers: { "retry-after-ms": "20" } },
    { fault: "status", status: 500 },
    { fault: "break", text: "Question:\nWhat", after: 5 },
    { fault: "malformed" },
    "I'm sorry, but I can't see the image.",
    "Question:\nWhat is it?",
    { text: "It is a", finishReason: "length" },
  ]
  let asked = 0
  await using server = await ScriptedTeacherServer.start({ reply: (chat) => faults[asked++] ?? goodReply(chat) })
  const out = join(folder, "faults")
  const { exitCode, noted } = await run(
    `generate --contexts ${contexts} --out ${out} --base-url ${server.url} --model m --concurrency 1 --attempts 5`.split(
      " ",
    ),
  )
  expect(exitCode).toBe(0)
  expect(noted).toMatch(/rejected replies: .*refusal 1/)
  expect(noted).toMatch(/truncated 1/)
  const { counts } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))
  expect(counts).toMatchObject({ replies: 5, repliesTaken: 2 })
}, 30_000)

test("generate --batch", async () => {
  await using server = await ScriptedTeacherServer.start({ reply: goodReply, batchPolls: 0 })
  const out = join(folder, "batch")
  const args = `generate --contexts ${contexts} --out ${out} --base-url ${server.url} --model m --batch`.split(" ")
  const { exitCode, noted } = await run(args)
  expect(noted).toContain("2 replies, 2 taken")
  expect(exitCode).toBe(0)
  expect(server.chats).toHaveLength(0)
}, 30_000)

test.each<[string, string[], RegExp]>([
  ["a wrong key", [], /401|key/i],
  ["a budget of zero", ["--max-cost", "0"], /The budget in dollars is zero/],
  ["images that are not there", ["--images", folder], /2 of 2 images are not in .*harbour\.jpg, kitchen\.jpg/],
  ["an unknown kind", ["--kinds", "poem"], /poem is no kind of instruction data/],
  ["contexts that are not there", ["--contexts", "nowhere.jsonl"], /nowhere\.jsonl: there is no such file/],
  ["a share of zero", ["--kinds", "detail=0"], /The share of detail is 0/],
  ["samples that are no number", ["--samples-per-image", "x"], /whole number of at least 1/],
])("generate refuses %s before anything is written", async (name, more, message) => {
  await using server = await ScriptedTeacherServer.start({ reply: goodReply, key: "secret" })
  const args = [
    "generate",
    "--contexts",
    contexts,
    "--out",
    join(folder, name),
    "--base-url",
    server.url,
    "--model",
    "m",
  ]
  const { exitCode, noted } = await run([...args, ...more], { OPENAI_API_KEY: "wrong" })
  expect(noted).toMatch(message)
  expect(exitCode).toBe(1)
})

test("generate stops at its budget, and goes on with a larger one", async () => {
  await using server = await ScriptedTeacherServer.start({ reply: goodReply })
  const out = join(folder, "budget")
  const args =
    `generate --contexts ${contexts} --out ${out} --base-url ${server.url} --model m --samples-per-image 4`.split(" ")
  const stopped = await run([...args, "--max-requests", "3"])
  expect(stopped.noted).toMatch(/budget is spent: 3 requests of 3 requests are used/)
  expect(stopped.exitCode).toBe(1)
  expect(parseTrainingSamples(readFileSync(join(out, "data.json"), "utf8"), "data.json").length).toBeGreaterThan(0)
  expect((await run([...args, "--max-requests", "100"])).exitCode).toBe(0)
  expect(server.chats.length).toBe(JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")).usage.requests)
})

test("estimate: tokens and money, nothing asked", async () => {
  const args = `estimate --contexts ${contexts} --model gpt-4o-mini --kinds counting --samples-per-image 2`.split(" ")
  const { printed, exitCode } = await run(args)
  expect(exitCode).toBe(0)
  expect(printed).toMatch(/all, asked once 4 requests, [\d,]+ prompt tokens, \d+ reply tokens, about \$0\.00/)
  const { once, most } = JSON.parse((await run([...args, "--json"])).printed)
  expect(most).toMatchObject({ requests: 12, promptTokens: once.promptTokens * 3 })
  expect(once.cost).toBeCloseTo((once.promptTokens * 0.15 + once.completionTokens * 0.6) / 1e6, 12)
  const unknown = await run(args.with(4, "nobody-knows"))
  expect(unknown.noted).toContain("The price of nobody-knows is not known")
})

test("check prints file and line, and exits with 1", async () => {
  const file = join(folder, "bad.jsonl")
  writeFileSync(file, '{"id": 1, "conversations": [{"from": "human", "value": "<image> Hi?"}]}\n{')
  const { printed, exitCode } = await run(["check", file])
  expect(printed.split("\n").map((line) => line.slice(file.length))).toEqual([
    ":1: error: the last turn is from human [no-answer]",
    ":1: error: turn 0 contains <image>, but there is no image [placeholder-without-image]",
    expect.stringMatching(/^:2: error: not JSON: .* \[not-json\]$/),
  ])
  expect(exitCode).toBe(1)
})
