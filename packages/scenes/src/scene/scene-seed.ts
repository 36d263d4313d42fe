import { ScenesError } from "../scenes-error.ts"
import type { Split } from "./split.ts"

export interface SceneSeedOptions {
  split: Split
  /** Tells one run's scenes from another's: 0 to 2^20 - 1. */
  run: number
  /** Which scene of the run: 0 to 2^28 - 1. */
  index: number
}

const firstResidue: Readonly<Record<Split, number>> = { test: 0, validation: 1, unseen: 2, train: 3 }

/**
 * The seed of one scene. Different runs, splits and indices have different seeds.
 *
 * @throws ScenesError `seed-out-of-range`
 */
export function sceneSeed({ split, run, index }: SceneSeedOptions): number {
  check(run, 2 ** 20, "run")
  check(index, 2 ** 28, "index")
  const residue = firstResidue[split] + (split === "train" ? index % 5 : 0)
  return (run * 2 ** 28 + index) * 8 + residue
}

function check(value: number, limit: number, what: string): void {
  if (Number.isInteger(value) && value >= 0 && value < limit) return
  throw new ScenesError(`The scene's ${what} is ${value}.`, {
    code: "seed-out-of-range",
    fix: `It has to be a whole number from 0 to ${limit - 1}.`,
  })
}
