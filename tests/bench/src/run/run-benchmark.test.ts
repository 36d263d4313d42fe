import { describe, expect, test } from "vitest"
import type { Output } from "../contestants/contestant.ts"
import type { ContestantName } from "../contestants/contestant-names.ts"
import type { Benchmark } from "../plan/benchmark.ts"
import { benchmarkFails } from "../report/benchmark-fails.ts"
import { formatBenchmark } from "../report/format-benchmark.ts"
import { runBenchmark } from "./run-benchmark.ts"
import type { Worker } from "./worker.ts"
import { Workers } from "./workers.ts"

const benchmark: Benchmark = {
  name: "tiny",
  title: "a tiny product",
  work: { kind: "matmul", format: "f32", rows: 1, inputs: 1, outputs: 2 },
  amount: { count: 2, unit: "GFLOPS" },
  contestants: ["llava", "onnx", "tfjs", "onnx-cpu"],
  tolerance: 0.01,
  targets: [{ kind: "ratio", atLeast: 4, over: ["onnx", "tfjs"] }],
}

interface Fake {
  readonly output?: Output
  readonly milliseconds?: number
  readonly adapter?: string
  readonly fails?: "open" | "prepare" | "measure"
}

/** Workers that say what they are told to, and note who was asked to measure. */
function fakeWorkers(fakes: Partial<Record<ContestantName, Fake>>) {
  const turns: string[] = []
  const ended: string[] = []
  const start = async (name: ContestantName): Promise<Worker> => {
    const { output = Float32Array.of(1, -2), milliseconds = 100, adapter = "A", fails } = fakes[name] ?? {}
    if (fails === "open") throw new Error("not installed")
    return {
      version: "1",
      adapter,
      async prepare() {
        if (fails === "prepare") throw new Error("cannot")
        return { output, milliseconds: [500, milliseconds], facts: {} }
      },
      async measure(repeats) {
        if (fails === "measure") throw new Error("lost its device")
        turns.push(name)
        return { milliseconds: Array.from({ length: repeats }, () => milliseconds), facts: { runs: turns.length } }
      },
      release: async () => {},
      async [Symbol.asyncDispose]() {
        ended.push(name)
      },
    }
  }
  return { workers: new Workers(start), turns, ended }
}

describe("runBenchmark", () => {
  test("takes turns and gives ratios", async () => {
    const { workers, turns } = fakeWorkers({ onnx: { milliseconds: 450 }, tfjs: { milliseconds: 300 } })
    const report = await runBenchmark(benchmark, workers)
    expect(turns.slice(0, 8)).toEqual(["llava", "onnx", "tfjs", "onnx-cpu", "llava", "onnx", "tfjs", "onnx-cpu"])
    expect(report.rows.map(({ ratio }) => ratio)).toEqual([undefined, 4.5, 3, undefined])
    expect(report.rows[0]).toMatchObject({ rate: 20, milliseconds: { first: 500, median: 100, runs: 5 } })
    // The fastest peer is the one to beat.
    expect(report.targets).toEqual([expect.objectContaining({ value: 3, met: false })])
    expect(benchmarkFails(report)).toBe(false)
  })

  test("takes the facts after the last turn, beside those of others", async () => {
    const { workers } = fakeWorkers({})
    const targets = [
      { kind: "share", fact: "runs", atMost: 0.95, of: ["onnx", "tfjs"] },
      { kind: "fact-at-least", fact: "runs", atLeast: 18 },
      { kind: "share", fact: "unknown", atMost: 1, of: ["onnx"] },
    ] as const
    const report = await runBenchmark({ ...benchmark, targets }, workers)
    expect(report.rows.map(({ facts }) => facts)).toEqual([{ runs: 17 }, { runs: 18 }, { runs: 19 }, { runs: 20 }])
    expect(report.targets).toEqual([
      expect.objectContaining({ value: 17 / 18, met: true }),
      expect.objectContaining({ value: 17, met: false }),
      { text: expect.any(String), met: false },
    ])
  })

  test("gives no ratio to a result that is not equal", async () => {
    const { workers, turns } = fakeWorkers({ tfjs: { output: Float32Array.of(1, -1.9) } })
    const report = await runBenchmark(benchmark, workers)
    const row = report.rows[2]!
    expect(row).toMatchObject({ status: "different", difference: expect.closeTo(0.05) })
    expect(row).not.toHaveProperty("ratio")
    expect(turns).not.toContain("tfjs")
    expect(formatBenchmark(report)).toContain("its result is another one")
    expect(benchmarkFails(report)).toBe(false)
  })

  test("fails where everybody else has another result", async () => {
    const { workers } = fakeWorkers({ llava: { output: Float32Array.of(2, -2) } })
    const report = await runBenchmark(benchmark, workers)
    expect(report.rows.map(({ status }) => status)).toEqual(["measured", "different", "different", "different"])
    expect(report.targets[0]).toEqual({ text: expect.any(String), met: false })
    expect(benchmarkFails(report)).toBe(true)
  })

  test("goes on without peers that fail, and says why", async () => {
    const { workers, ended } = fakeWorkers({ onnx: { fails: "open" }, tfjs: { fails: "prepare" }, "onnx-cpu": {} })
    const report = await runBenchmark(benchmark, workers)
    expect(report.rows.map(({ status, reason }) => reason ?? status)).toEqual([
      "measured",
      "not installed",
      "cannot",
      "measured",
    ])
    expect(formatBenchmark(report)).toContain("failed: not installed")
    expect(ended).toEqual(["tfjs"])
    expect(benchmarkFails(report)).toBe(false)
  })

  test("leaves out a peer that fails while it is measured, or that took another adapter", async () => {
    const { workers } = fakeWorkers({ onnx: { fails: "measure" }, tfjs: { adapter: "B" } })
    const report = await runBenchmark(benchmark, workers)
    expect(report.rows[1]).toMatchObject({ status: "failed", reason: "lost its device" })
    expect(report.rows[2]).toMatchObject({ status: "failed", reason: "it took another adapter: B" })
    expect(report.rows[0]).toMatchObject({ status: "measured" })
  })

  test("names the file of a model, and not its folder", async () => {
    const work = { kind: "smollm2", phase: "decode", file: "/home/me/models/small.gguf", tokens: 1 } as const
    const report = await runBenchmark({ ...benchmark, work }, fakeWorkers({}).workers)
    expect(report.work).toEqual({ ...work, file: "small.gguf" })
  })

  test("fails with @llava", async () => {
    const { workers } = fakeWorkers({ llava: { fails: "prepare" } })
    const report = await runBenchmark(benchmark, workers)
    expect(report.rows).toHaveLength(1)
    expect(benchmarkFails(report)).toBe(true)
  })
})
