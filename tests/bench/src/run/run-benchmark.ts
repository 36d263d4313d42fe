import { contestants } from "../contestants/contestant-names.ts"
import type { Benchmark } from "../plan/benchmark.ts"
import type { BenchmarkReport } from "../report/report.ts"
import { reportOf } from "../report/report-of.ts"
import { enter } from "./enter.ts"
import type { Entrant } from "./entrant.ts"
import { timeInTurns } from "./time-in-turns.ts"
import type { Workers } from "./workers.ts"

/**
 * One benchmark: every contestant makes the work ready and computes it, the results are compared with the first one's,
 * and those that are equal are timed in turns. One that fails has the reason in its row and stops nobody else, but
 * without the first one there is nothing to set the others beside.
 */
export async function runBenchmark(
  benchmark: Benchmark,
  workers: Workers,
  onProgress?: (text: string) => void,
): Promise<BenchmarkReport> {
  const { name, work, tolerance } = benchmark
  const entrants: Entrant[] = []
  for (const contestant of benchmark.contestants) {
    if (entrants[0]?.failure !== undefined) break
    onProgress?.(`${name}: ${contestants[contestant].title} gets ready`)
    const entrant = await enter(contestant, work, workers, entrants[0])
    entrants.push(entrant)
    // Not timed, so that its memory is free for the others. Lines for orientation carry no ratio: they are timed.
    const apart = (entrant.difference ?? 0) > tolerance && !contestants[contestant].orientation
    if (entrant.failure !== undefined || apart) await letGo(entrant, workers)
  }
  onProgress?.(`${name}: measuring`)
  await timeInTurns(entrants.filter(({ worker }) => worker !== undefined))
  for (const entrant of entrants) await letGo(entrant, workers)
  return reportOf(benchmark, entrants)
}

/** Releases the work; a worker that failed, or fails at this, ends. */
async function letGo(entrant: Entrant, workers: Workers): Promise<void> {
  const { worker } = entrant
  if (worker === undefined) return
  delete entrant.worker
  const released =
    entrant.failure === undefined &&
    (await worker.release().then(
      () => true,
      () => false,
    ))
  if (!released) await workers.drop(entrant.name)
}
