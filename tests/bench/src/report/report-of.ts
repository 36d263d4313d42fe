import { basename } from "node:path"
import type { Benchmark } from "../plan/benchmark.ts"
import type { Work } from "../plan/work.ts"
import type { Entrant } from "../run/entrant.ts"
import { checkTarget } from "./check-target.ts"
import type { BenchmarkReport } from "./report.ts"
import { rowOf } from "./row-of.ts"

/** What came of one benchmark. */
export function reportOf(benchmark: Benchmark, entrants: readonly Entrant[]): BenchmarkReport {
  const { name, title, work, amount, tolerance, targets = [] } = benchmark
  const rows = entrants.map((entrant) => rowOf(benchmark, entrant, entrants[0]!))
  const results = targets.map((target) => checkTarget(target, rows, amount.unit))
  return { name, title, work: withoutFolder(work), unit: amount.unit, tolerance, rows, targets: results }
}

/** Reports are read elsewhere: the folder of a file is this machine's alone. */
function withoutFolder(work: Work): Work {
  return work.kind === "smollm2" ? { ...work, file: basename(work.file) } : work
}
