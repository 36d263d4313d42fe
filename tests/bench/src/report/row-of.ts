import { contestants } from "../contestants/contestant-names.ts"
import type { Benchmark } from "../plan/benchmark.ts"
import type { Entrant } from "../run/entrant.ts"
import { median } from "../run/median.ts"
import type { Row } from "./report.ts"

/** A contestant's line of a benchmark; `first` is the entrant that it is set beside. */
export function rowOf({ amount, tolerance }: Benchmark, entrant: Entrant, first: Entrant): Row {
  const { name, prepared, difference, failure, times, version, adapter } = entrant
  const { title, orientation = false } = contestants[name]
  const shared = {
    contestant: name,
    title,
    orientation,
    facts: prepared?.facts ?? {},
    ...(version === undefined ? {} : { version }),
    ...(adapter === undefined ? {} : { adapter }),
    ...(difference === undefined ? {} : { difference: Number.isFinite(difference) ? difference : null }),
  }
  if (failure !== undefined) return { ...shared, status: "failed", reason: failure }
  const status = (difference ?? 0) > tolerance ? "different" : "measured"
  if (times.length === 0) return { ...shared, status }
  const middle = median(times)
  const milliseconds = {
    first: prepared!.milliseconds[0],
    median: middle,
    least: Math.min(...times),
    runs: times.length,
  }
  const row: Row = { ...shared, status, milliseconds, rate: amount.count / (middle / 1000) }
  const compared = entrant !== first && !orientation && first.failure === undefined
  return compared ? { ...row, ratio: middle / median(first.times) } : row
}
