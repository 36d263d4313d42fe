import { execFileSync } from "node:child_process"
import { availableParallelism, cpus, totalmem } from "node:os"
import type { BenchmarkReport, Report } from "./report.ts"

export interface DescribeRunOptions {
  readonly command: string
  /** What sort of adapter it is, where something told. */
  readonly adapterKind?: string | undefined
  readonly started: Date
}

/** The report of a run: where, when and with which versions the benchmarks were measured. */
export function describeRun(
  benchmarks: readonly BenchmarkReport[],
  { command, adapterKind, started }: DescribeRunOptions,
): Report {
  const rows = benchmarks.flatMap((benchmark) => benchmark.rows)
  const versions = Object.fromEntries(
    rows.flatMap(({ contestant, version }) => (version ? [[contestant, version]] : [])),
  )
  const name = rows.find(({ contestant, adapter }) => contestant === "llava" && adapter)?.adapter ?? "none"
  const commit = currentCommit()
  return {
    date: started.toISOString(),
    command,
    ...(commit === undefined ? {} : { commit }),
    adapter: { ...(adapterKind === undefined ? {} : { kind: adapterKind }), name },
    machine: {
      platform: `${process.platform} ${process.arch}`,
      processor: cpus()[0]?.model ?? "unknown",
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      node: process.version,
    },
    versions,
    benchmarks,
  }
}

/** Of the repository, with `+` where tracked files differ from it; undefined outside of one. */
function currentCommit(): string | undefined {
  try {
    const args = ["describe", "--always", "--exclude=*", "--dirty=+"]
    return execFileSync("git", args, { cwd: import.meta.dirname, encoding: "utf8", stdio: "pipe" }).trim()
  } catch {
    return undefined
  }
}
