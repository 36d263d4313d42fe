import type { AblationRun } from "./ablation-record.ts"
import { type Spread, spread } from "./spread.ts"

/**
 * How far a figure of a variant is from the baseline's, over the seeds that both have: seed by seed, for both share what
 * the seed decides, and are asked the same questions. Undefined where they have no seed in common.
 */
export function compareRuns(
  runs: readonly AblationRun[],
  { variant, baseline }: { variant: string; baseline: string },
  figure: (run: AblationRun) => number,
): Spread | undefined {
  const differences = runs
    .filter((run) => run.variant === variant)
    .flatMap((run) => {
      const other = runs.find(({ variant: name, seed }) => name === baseline && seed === run.seed)
      return other ? [figure(run) - figure(other)] : []
    })
  return differences.length > 0 ? spread(differences) : undefined
}
