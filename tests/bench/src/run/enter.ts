import type { ContestantName } from "../contestants/contestant-names.ts"
import type { Work } from "../plan/work.ts"
import { compareOutputs } from "./compare-outputs.ts"
import type { Entrant } from "./entrant.ts"
import type { Workers } from "./workers.ts"

/**
 * Has a contestant make the work ready and compute it, and compares its result with that of the first one. What goes
 * wrong is its `failure`.
 */
export async function enter(name: ContestantName, work: Work, workers: Workers, first?: Entrant): Promise<Entrant> {
  const entrant: Entrant = { name, times: [] }
  try {
    const worker = await workers.get(name)
    const { version, adapter } = worker
    Object.assign(entrant, { worker, version, adapter })
    if (first?.adapter && adapter && adapter !== first.adapter) throw new Error(`it took another adapter: ${adapter}`)
    entrant.prepared = await worker.prepare(work)
    if (first?.prepared) entrant.difference = compareOutputs(entrant.prepared.output, first.prepared.output)
  } catch (error) {
    entrant.failure = (error as Error).message
  }
  return entrant
}
