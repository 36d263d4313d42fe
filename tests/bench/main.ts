import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { argv, env, exit, stderr } from "node:process"
import { parseArgs } from "node:util"
import { contestants } from "./src/contestants/contestant-names.ts"
import type { Benchmark } from "./src/plan/benchmark.ts"
import { benchmarks } from "./src/plan/benchmarks.ts"
import { benchmarkFails } from "./src/report/benchmark-fails.ts"
import { describeRun } from "./src/report/describe-run.ts"
import { formatBenchmark } from "./src/report/format-benchmark.ts"
import { formatSummary } from "./src/report/format-summary.ts"
import type { BenchmarkReport } from "./src/report/report.ts"
import { runBenchmark } from "./src/run/run-benchmark.ts"
import { Workers } from "./src/run/workers.ts"
import { WorkerProcess } from "./src/workers/worker-process.ts"

const usage = `npm run bench -- [--only NAME ...] [--beside PEER ...] [--json FILE] [--model FILE] [--full] [--adapter ADAPTER]

Measures @llava beside other libraries on the same adapter, in turns, and prints ratios. Results are compared first:
what is not equal gets no ratio. See tests/bench/README.md.

  --only NAME        only benchmarks whose name begins so; may repeat
  --beside PEER      only beside this library (jax-js, ...); may repeat
  --list             print the names
  --json FILE        also write everything there
  --model FILE       SmolLM2-135M-Instruct as GGUF (default: that of the folder LLAVA_REFERENCE_DATA, where it is set);
                     without it a decoder of its sizes with random weights stands alone
  --full             all 24 layers of ViT-L/14 instead of 4
  --adapter ADAPTER  hardware, lavapipe or swiftshader (also LLAVA_ADAPTER)

Exits with 1 where @llava fails, or its result equals nobody's.`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      beside: { type: "string", multiple: true },
      list: { type: "boolean", default: false },
      json: { type: "string" },
      model: { type: "string" },
      full: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  })
  if (values.help) return console.log(usage)
  const planned = benchmarks({ model: findModel(values.model), full: values.full })
  if (values.list) return console.log(planned.map(({ name }) => name).join("\n"))
  const chosen = choose(planned, values.only).map((benchmark) => beside(benchmark, values.beside))
  const reports = await runAll(chosen, values.json)
  console.log(formatSummary(reports))
  process.exitCode = reports.some(benchmarkFails) ? 1 : 0
}

/** Prints each benchmark as it is done, and writes the file anew with each, so that a run that is cut off leaves one. */
async function runAll(chosen: readonly Benchmark[], file: string | undefined): Promise<BenchmarkReport[]> {
  const reports: BenchmarkReport[] = []
  const command = ["npm run bench --", ...argv.slice(2)].join(" ")
  const run = { command, adapterKind: env["LLAVA_ADAPTER_KIND"], started: new Date() }
  await using workers = new Workers((name) => WorkerProcess.start(name))
  for (const benchmark of chosen) {
    const report = await runBenchmark(benchmark, workers, showProgress)
    showProgress("")
    console.log(`${formatBenchmark(report)}\n`)
    reports.push(report)
    if (file === undefined) continue
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${JSON.stringify(describeRun(reports, run), undefined, 2)}\n`)
  }
  return reports
}

function choose(planned: readonly Benchmark[], only: readonly string[] | undefined): readonly Benchmark[] {
  const unknown = only?.find((start) => !planned.some(({ name }) => name.startsWith(start)))
  if (unknown !== undefined) {
    throw new Error(`no benchmark "${unknown}"; there are ${planned.map(({ name }) => name).join(", ")}.`)
  }
  return planned.filter(({ name }) => only?.some((start) => name.startsWith(start)) ?? true)
}

/** With fewer peers; targets that speak of others are left out. */
function beside(benchmark: Benchmark, peers: readonly string[] | undefined): Benchmark {
  if (peers === undefined) return benchmark
  const unknown = peers.find((peer) => !Object.hasOwn(contestants, peer))
  if (unknown !== undefined) {
    throw new Error(`no contestant "${unknown}"; there are ${Object.keys(contestants).join(", ")}.`)
  }
  const [own, ...others] = benchmark.contestants
  const targets = benchmark.targets?.filter((target) =>
    ("over" in target ? target.over : "of" in target ? target.of : []).every((name) => peers.includes(name)),
  )
  const left = others.filter((name) => contestants[name].own || peers.includes(name))
  return { ...benchmark, contestants: [own, ...left], ...(targets && { targets }) }
}

function findModel(given: string | undefined): string | undefined {
  if (given !== undefined && !existsSync(given)) throw new Error(`no file ${given}, which --model names.`)
  const folder = env["LLAVA_REFERENCE_DATA"]
  const reference = folder && join(folder, "models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf")
  return given ?? (reference && existsSync(reference) ? reference : undefined)
}

function showProgress(text: string): void {
  if (stderr.isTTY) stderr.write(`\r\u001B[K${text}`)
}

// Leaving by `exit` ends the contestants too, who stand still and would not hear of it.
process.once("SIGINT", () => exit(130))
process.once("SIGTERM", () => exit(143))
try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
// Libraries may keep timers.
exit()
