import { findPackageJSON } from "node:module"
import { expect } from "vitest"
import { type ContestantName, contestants } from "../contestants/contestant-names.ts"
import type { Benchmark } from "../plan/benchmark.ts"
import { benchmarkFails } from "../report/benchmark-fails.ts"
import { runBenchmark } from "../run/run-benchmark.ts"
import { Workers } from "../run/workers.ts"
import { WorkerProcess } from "../workers/worker-process.ts"

/** Peers are installed for benchmarks only: without them, @llava's own processes are what is tested. */
const packages: Partial<Record<ContestantName, string>> = {
  onnx: "onnxruntime-node",
  "onnx-plain": "onnxruntime-node",
  "onnx-cpu": "onnxruntime-node",
  tfjs: "@tensorflow/tfjs",
  "jax-js": "@jax-js/jax",
  "llama-cpp": "node-llama-cpp",
}

/** Runs the benchmark in its contestants' own processes: all give an equal result, and those on the adapter a ratio. */
export async function expectEqualResults(benchmark: Benchmark): Promise<void> {
  await using workers = new Workers((name) => WorkerProcess.start(name))
  const report = await runBenchmark(benchmark, workers)
  expect(report.rows.map(({ contestant }) => contestant)).toEqual(benchmark.contestants)
  for (const row of report.rows) {
    const peer = packages[row.contestant]
    if (peer !== undefined && !isInstalled(peer)) {
      expect(row).toMatchObject({ status: "failed", reason: expect.stringMatching(/cannot find (package|module)/i) })
      console.log(`left out: ${peer} is installed for benchmarks only`)
      continue
    }
    expect(row.status, row.reason).toBe("measured")
    expect(row.milliseconds!.median).toBeGreaterThan(0)
    const compared = row.contestant !== "llava" && !contestants[row.contestant].orientation
    expect(row.ratio).toEqual(compared ? expect.any(Number) : undefined)
  }
  expect(benchmarkFails(report)).toBe(false)
}

function isInstalled(name: string): boolean {
  try {
    return findPackageJSON(name, import.meta.url) !== undefined
  } catch {
    return false
  }
}
