import type { ContestantName } from "../contestants/contestant-names.ts"
import type { Work } from "./work.ts"

/** What a run counts, so that its time becomes a rate: `GFLOPS` are 10^9 multiplications and additions in a second. */
export interface Amount {
  readonly count: number
  readonly unit: "GFLOPS" | "images/s" | "tokens/s"
}

/** What is wanted of @llava on lavapipe with two cores. */
export type Target =
  | {
      readonly kind: "ratio"
      readonly atLeast: number
      /** Beside the fastest of these whose result is equal. */
      readonly over: readonly ContestantName[]
    }
  | { readonly kind: "rate"; readonly atLeast: number }
  | { readonly kind: "fact"; readonly fact: string; readonly atMost: number }
  | { readonly kind: "fact-at-least"; readonly fact: string; readonly atLeast: number }
  /** A fact of @llava's through that of the contestant among these that is nearest to it. */
  | {
      readonly kind: "share"
      readonly fact: string
      readonly atMost: number
      readonly of: readonly ContestantName[]
    }

export interface Benchmark {
  readonly name: string
  readonly title: string
  readonly work: Work
  readonly amount: Amount
  /** @llava first: the others' results and times are set beside its own. */
  readonly contestants: readonly [ContestantName, ...ContestantName[]]
  /** Largest difference of two results that count as equal, as a fraction of the largest number in them. */
  readonly tolerance: number
  readonly targets?: readonly Target[]
}
