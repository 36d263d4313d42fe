import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { encodeForTraining, findTemplate, IMAGE_TOKEN_INDEX, parseTrainingSamples } from "@llava/core"
import { beforeAll, describe, expect, test } from "vitest"
import { byteTokenizer } from "#testing"
import { checkData } from "../check/check-data.ts"
import type { Kind } from "../kinds/kind.ts"
import { readKinds } from "../kinds/read-kinds.ts"
import type { BatchRequest, BatchResult, BatchTeacher } from "../teacher/batch-teacher.ts"
import { TeacherError } from "../teacher/teacher-error.ts"
import { FolderLock } from "./folder-lock.ts"
import { generateData } from "./generate-data.ts"
import { drawnContexts } from "./testing/drawn-contexts.ts"
import { FixedTeacher } from "./testing/fixed-teacher.ts"

const folder = mkdtempSync(join(tmpdir(), "generate-"))
let kinds: Kind[]
beforeAll(async () => {
  kinds = await readKinds(["conversation", "detail", "complex"])
})
const read = (out: string, file = "data.json") => readFileSync(join(folder, out, file), "utf8")

describe("generateData", () => {
  test("makes data that loads, counts everything, and loses nothing", async () => {
    const out = join(folder, "whole")
    const teacher = new FixedTeacher()
    const manifest = await generateData({
      contexts: drawnContexts(60),
      kinds,
      teacher,
      out,
      samplesPerImage: 2,
      seed: 1,
    })
    const samples = parseTrainingSamples(read("whole"), "data.json")
    const { counts } = manifest
    const sum = (key: "planned" | "samples" | "rejected") =>
      Object.values(counts.kinds).reduce((total, each) => total + each[key], 0)
    expect(manifest.complete).toBe(true)
    expect(sum("planned")).toBe(120)
    expect(sum("samples") + sum("rejected")).toBe(120)
    expect(samples).toHaveLength(sum("samples"))
    // 58, 23 and 77 of 158 shares.
    expect(Object.values(counts.kinds).map(({ planned }) => planned)).toEqual([44, 17, 59])
    expect(counts.replies).toBe(teacher.spending.requests)
    expect(Object.keys(counts.rejectedReplies)).toEqual(expect.arrayContaining(["refusal", "truncated", "format"]))
    const rejected = read("whole", "rejected.jsonl").split("\n").slice(0, -1)
    expect(rejected).toHaveLength(sum("rejected"))
    const places = samples.map(({ conversations: [first] }) => first!.value.startsWith("<image>\n"))
    expect(places.filter(Boolean).length).toBeGreaterThan(30)
    expect(places.filter(Boolean).length).toBeLessThan(90)
    const problems = []
    for await (const problem of checkData(join(out, "data.json"))) problems.push(problem)
    expect(problems).toEqual([])
    // Trains as it is: every answer is learned, every sample has its image.
    const template = findTemplate("vicuna_v1")
    const tokenizer = byteTokenizer()
    for (const sample of samples) {
      const { ids, labels } = encodeForTraining({ sample, template, tokenizer })
      expect(ids.filter((id) => id === IMAGE_TOKEN_INDEX)).toHaveLength(1)
      const learned = new TextDecoder().decode(Uint8Array.from(labels.filter((id) => id >= 0 && id < 256)))
      for (const { from, value } of sample.conversations) if (from === "gpt") expect(learned).toContain(value)
    }
  })

  test("goes on after a stop, and ends as a run without one", async () => {
    const out = join(folder, "stopped")
    let asked = 0
    const stopping = new FixedTeacher({
      onAsk: () => {
        if (++asked > 40) throw new TeacherError("The budget is spent.", { code: "budget-spent", scope: "run" })
      },
    })
    const run = { contexts: drawnContexts(60), kinds, out, samplesPerImage: 2, seed: 1 }
    await expect(generateData({ ...run, teacher: stopping })).rejects.toThrow("The budget is spent.")
    const partial = JSON.parse(read("stopped", "manifest.json")) as { complete: boolean }
    expect(partial.complete).toBe(false)
    expect(parseTrainingSamples(read("stopped"), "data.json").length).toBeGreaterThan(5)
    const rest = new FixedTeacher()
    const used: number[] = []
    const open = async (before: { requests: number }) => {
      used.push(before.requests)
      return rest
    }
    const manifest = await generateData({ ...run, teacher: open })
    expect(read("stopped")).toBe(read("whole"))
    expect(read("stopped", "manifest.json")).toBe(read("whole", "manifest.json"))
    expect(used).toEqual([40])
    expect(rest.spending.requests).toBe(manifest.usage.requests - 40)
    const nothing = new FixedTeacher()
    await generateData({ ...run, teacher: nothing })
    expect(nothing.spending.requests).toBe(0)
  })

  test("records a request that cannot be answered, and goes on", async () => {
    const out = join(folder, "refused")
    const teacher = new FixedTeacher({
      onAsk: (key) => {
        if (key.endsWith("7")) throw new TeacherError("Too long.", { code: "request-refused", scope: "request" })
      },
    })
    const { counts } = await generateData({ contexts: drawnContexts(30), kinds, teacher, out, attempts: 1 })
    expect(counts.rejectedReplies["teacher-request-refused"]).toBeGreaterThan(0)
    expect(counts.replies).toBe(30)
  })

  test("the order of answers does not matter", async () => {
    const out = join(folder, "late")
    const teacher = new FixedTeacher({
      concurrency: 16,
      onAsk: (key) => new Promise((resolve) => setTimeout(resolve, Number(key.at(-1)))),
    })
    await generateData({ contexts: drawnContexts(60), kinds, teacher, out, samplesPerImage: 2, seed: 1 })
    expect(read("late")).toBe(read("whole"))
  })

  test("by batches: the same samples come of the same replies", async () => {
    const out = join(folder, "batches")
    const teacher = new FixedBatchTeacher()
    const manifest = await generateData({
      contexts: drawnContexts(60),
      kinds,
      teacher,
      out,
      samplesPerImage: 2,
      seed: 1,
    })
    expect(read("batches")).toBe(read("whole"))
    expect(teacher.batches.length).toBeLessThanOrEqual(4)
    expect(teacher.batches[0]).toHaveLength(120)
    expect(manifest.complete).toBe(true)
  })

  test("by batches that somebody else hands in", async () => {
    const out = join(folder, "by-hand")
    const teacher = new FixedBatchTeacher()
    const run = { contexts: drawnContexts(60), kinds, teacher, out, samplesPerImage: 2, seed: 1 }
    const batchFiles = () => readdirSync(out).filter((name) => name.startsWith("batch-"))
    let manifest = await generateData({ ...run, batches: { submits: false } })
    expect(manifest.complete).toBe(false)
    for (let round = 1; !manifest.complete; round++) {
      expect(batchFiles()).toHaveLength(round)
      // The stand-in for results reads a file of requests.
      const resultFiles = batchFiles().map((name) => join(out, name))
      manifest = await generateData({ ...run, batches: { submits: false, resultFiles } })
    }
    expect(read("by-hand")).toBe(read("whole"))
  })

  test("an abort stops the run, and the rest is made later", async () => {
    const out = join(folder, "aborted")
    const controller = new AbortController()
    let asked = 0
    const teacher = new FixedTeacher({
      onAsk: () => {
        if (++asked === 20) controller.abort(new Error("Stop here."))
      },
    })
    const run = { contexts: drawnContexts(60), kinds, out, samplesPerImage: 2, seed: 1 }
    await expect(generateData({ ...run, teacher, signal: controller.signal })).rejects.toThrow("Stop here.")
    expect(asked).toBeLessThan(30)
    const rest = new FixedTeacher()
    const { usage } = await generateData({ ...run, teacher: rest })
    expect(rest.spending.requests).toBe(usage.requests - asked)
    expect(read("aborted")).toBe(read("whole"))
  })

  test("lines and shards", async () => {
    const out = join(folder, "shards")
    const run = { contexts: drawnContexts(60), kinds, out, samplesPerImage: 2, seed: 1 }
    await generateData({ ...run, teacher: new FixedTeacher(), format: "jsonl" })
    const samples = parseTrainingSamples(read("whole"), "data.json")
    expect(parseTrainingSamples(read("shards", "data.jsonl"), "data.jsonl")).toEqual(samples)
    const { files } = await generateData({ ...run, teacher: new FixedTeacher(), shardSize: 30 })
    expect(files.map(({ samples: count }) => count)).toEqual([30, 30, samples.length - 60])
    const joined = files.flatMap(({ name }) => parseTrainingSamples(read("shards", name), name))
    expect(joined).toEqual(samples)
  })

  test("refuses a folder that is in use, or holds another run, and shows how it differs", async () => {
    const out = join(folder, "whole")
    const run = { contexts: drawnContexts(60), kinds, out, samplesPerImage: 2, seed: 1 }
    {
      using _lock = new FolderLock(out)
      await expect(generateData({ ...run, teacher: new FixedTeacher() })).rejects.toThrow(/Another process/)
    }
    const before = read("whole", "journal.jsonl")
    const other = kinds.map((kind) => ({ ...kind, hashes: { ...kind.hashes, "system.txt": "0".repeat(64) } }))
    const changed = generateData({ ...run, kinds: other, seed: 2, teacher: new FixedTeacher() })
    await expect(changed).rejects.toThrow(
      /prompts\.conversation\.system\.txt: [0-9a-f]{12}\.\.\. before, 000000000000\.\.\. now\n[\s\S]*sampling\.seed: 1 before, 2 now/,
    )
    expect(read("whole", "journal.jsonl")).toBe(before)
    writeFileSync(join(folder, "whole/journal.jsonl"), `${before}not a record\n`)
    const line = before.split("\n").length
    await expect(generateData({ ...run, teacher: new FixedTeacher() })).rejects.toThrow(`journal.jsonl:${line}: `)
  })

  test("a run that got no answer may become another one", async () => {
    const out = join(folder, "no-answer")
    const teacher = new FixedTeacher({
      onAsk: () => {
        throw new TeacherError("The key is wrong.", { code: "teacher-unauthorized", scope: "run" })
      },
    })
    const run = { contexts: drawnContexts(3), kinds, out }
    await expect(generateData({ ...run, teacher, seed: 1 })).rejects.toThrow("The key is wrong.")
    const { run: identity } = await generateData({ ...run, teacher: new FixedTeacher(), seed: 2 })
    expect(identity).toMatchObject({ sampling: { seed: 2 } })
    await expect(generateData({ ...run, teacher: new FixedTeacher(), seed: 1 })).rejects.toThrow(
      /seed: 2 before, 1 now/,
    )
  })

  test("kinds that need boxes say so where there are none", async () => {
    const contexts = drawnContexts(3)
    contexts.contexts = contexts.contexts.map(({ instances: _, ...context }) => context)
    const out = join(folder, "boxless")
    await expect(generateData({ contexts, kinds, teacher: new FixedTeacher(), out })).rejects.toThrow(
      /detail, complex need boxes, and the descriptions have none/,
    )
    expect(existsSync(out)).toBe(false)
    const conversation = await readKinds(["conversation"])
    const { counts } = await generateData({ contexts, kinds: conversation, teacher: new FixedTeacher(), out })
    expect(counts.kinds["conversation"]?.planned).toBe(3)
    const withBoxes = { contexts, kinds: conversation, teacher: new FixedTeacher(), out, withBoxes: true }
    await expect(generateData(withBoxes)).rejects.toThrow(/conversation need boxes/)
  })
})

/** Gives the replies of `FixedTeacher`, in reverse. */
class FixedBatchTeacher implements BatchTeacher {
  readonly identity = { model: "fixed" }
  readonly batches: BatchRequest[][] = []

  async writeFile(file: string, requests: Iterable<BatchRequest>): Promise<void> {
    writeFileSync(file, [...requests].map((request) => JSON.stringify(request)).join("\n"))
  }

  async submit(file: string): Promise<string> {
    const lines = readFileSync(file, "utf8").split("\n")
    this.batches.push(lines.map((line) => JSON.parse(line) as BatchRequest))
    return String(this.batches.length - 1)
  }

  async state() {
    return { status: "ended" as const, completed: 0, total: 0 }
  }

  async *results(batch: string): AsyncGenerator<BatchResult> {
    const teacher = new FixedTeacher()
    for (const { id, messages, seed } of this.batches[Number(batch)]!.toReversed()) {
      yield { id, reply: await teacher.ask(messages, { seed }) }
    }
  }

  readResults(file: string): AsyncIterable<BatchResult> {
    this.batches.push(
      readFileSync(file, "utf8")
        .split("\n")
        .map((line) => JSON.parse(line) as BatchRequest),
    )
    return this.results(String(this.batches.length - 1))
  }
}
