import { mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeEach, describe, expect, it } from "vitest"
import { type ScriptedServerOptions, ScriptedTeacherServer } from "../testing/scripted-teacher-server.ts"
import { TestClock } from "../testing/test-clock.ts"
import type { BatchRequest, BatchResult } from "./batch-teacher.ts"
import { openBatchTeacher } from "./open-batch-teacher.ts"
import { OpenAiBatchTeacher } from "./openai-batch-teacher.ts"
import { OpenAiTeacher } from "./openai-teacher.ts"
import type { TeacherSettings } from "./teacher-settings.ts"

const requests: BatchRequest[] = Array.from({ length: 5 }, (_, index) => ({
  id: `image-${index}`,
  messages: [{ role: "user", content: `A caption of image ${index}.` }],
  seed: index,
}))

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "datagen-batch-"))
})

const settingsAt = (baseUrl: string): TeacherSettings => ({ teacher: "openai", model: "scripted", baseUrl })

async function all(results: AsyncIterable<BatchResult>): Promise<BatchResult[]> {
  const found: BatchResult[] = []
  for await (const result of results) found.push(result)
  return found.sort((first, second) => (first.id < second.id ? -1 : 1))
}

/** Hands all requests in, waits, and gives the results. */
async function runBatch(options: ScriptedServerOptions) {
  await using server = await ScriptedTeacherServer.start(options)
  const teacher = new OpenAiBatchTeacher(settingsAt(server.url), new TestClock())
  const file = join(folder, "batch.jsonl")
  await teacher.writeFile(file, requests)
  const id = await teacher.submit(file)
  const states = [await teacher.state(id)]
  while (states.at(-1)!.status === "running") states.push(await teacher.state(id))
  return { file, states, results: await all(teacher.results(id)), server }
}

describe("OpenAiBatchTeacher", () => {
  it("writes the file, hands it in, waits and reads the results", async () => {
    const { file, states, results } = await runBatch({ reply: ({ seed }) => `Answer ${seed}.`, batchPolls: 2 })
    const lines = readFileSync(file, "utf8").trim().split("\n")
    expect(JSON.parse(lines[3]!)).toEqual({
      custom_id: "image-3",
      method: "POST",
      url: "/v1/chat/completions",
      body: {
        model: "scripted",
        messages: [{ role: "user", content: "A caption of image 3." }],
        temperature: 0.7,
        seed: 3,
        max_tokens: 1024,
      },
    })
    expect(states.map(({ status }) => status)).toEqual(["running", "running", "ended"])
    expect(states.at(-1)).toEqual({ status: "ended", completed: 5, total: 5 })
    expect(results).toEqual(
      requests.map(({ id, seed }) => ({
        id,
        reply: {
          text: `Answer ${seed}.`,
          finishReason: "stop",
          usage: { promptTokens: 5, completionTokens: 2 },
        },
      })),
    )
  })

  it("gives refusals of single requests, and leaves to the next batch what was overloaded", async () => {
    const { results } = await runBatch({
      reply: ({ seed }) => {
        if (seed === 1) return { fault: "status", status: 400 }
        return seed === 2 ? { fault: "status", status: 500 } : "Fine."
      },
    })
    expect(results.map(({ id }) => id)).toEqual(["image-0", "image-1", "image-3", "image-4"])
    expect(results[1]!.error).toMatchObject({ code: "request-refused", scope: "request" })
  })

  it("reads what a batch that ran out of time has", async () => {
    const { states, results } = await runBatch({ reply: () => "Fine.", batchExpiresAfter: 3 })
    expect(states.at(-1)).toMatchObject({ status: "ended", problem: "expired" })
    expect(results.map(({ id }) => id)).toEqual(["image-0", "image-1", "image-2"])
  })

  it("reads results that were fetched by other means, and names lines that are none", async () => {
    const teacher = new OpenAiBatchTeacher(settingsAt("http://127.0.0.1:1/v1"))
    const file = join(folder, "output.jsonl")
    const body = { choices: [{ message: { content: "Fine." }, finish_reason: "stop" }] }
    const line = JSON.stringify({ custom_id: "a", response: { status_code: 200, body }, error: null })
    writeFileSync(file, `${line}\n\n`)
    expect(await all(teacher.readResults(file))).toMatchObject([{ id: "a", reply: { text: "Fine." } }])
    writeFileSync(file, `${line}\n{"cust`)
    await expect(all(teacher.readResults(file))).rejects.toThrow(/output\.jsonl:2/)
  })

  it("tells a wrong key at once, and gives up on an endpoint that is away", async () => {
    const options: ScriptedServerOptions = { reply: () => "", key: "right" }
    await expect(runBatch(options)).rejects.toMatchObject({ code: "teacher-unauthorized", scope: "run" })
    const clock = new TestClock()
    const away = new OpenAiBatchTeacher(settingsAt("http://127.0.0.1:1/v1"), clock)
    await expect(away.state("batch-1")).rejects.toMatchObject({ code: "teacher-unreachable", scope: "run" })
    expect(clock.sleeps).toHaveLength(6)
  })

  it("has the identity of the teacher that is asked directly, and none where it is local", async () => {
    const settings = settingsAt("http://127.0.0.1:1/v1")
    expect((await openBatchTeacher(settings)).identity).toEqual(new OpenAiTeacher(settings).identity)
    await expect(openBatchTeacher({ ...settings, teacher: "local" })).rejects.toMatchObject({
      code: "batch-unsupported",
    })
  })
})
