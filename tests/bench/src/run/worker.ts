import type { Output } from "../contestants/contestant.ts"
import type { Work } from "../plan/work.ts"

export interface PreparedWork {
  readonly output: Output
  /** The first run, which compiles, and the second. */
  readonly milliseconds: readonly [first: number, second: number]
  readonly facts: Readonly<Record<string, number>>
}

export interface Measurement {
  /** Of each run. */
  readonly milliseconds: readonly number[]
  /** As they are known by now. */
  readonly facts: Readonly<Record<string, number>>
}

/** A contestant somewhere else, and the last work that it made ready. */
export interface Worker extends AsyncDisposable {
  readonly version: string
  /** The adapter by its own name, where the library tells. */
  readonly adapter: string | undefined
  prepare(work: Work): Promise<PreparedWork>
  /** So many runs. */
  measure(repeats: number): Promise<Measurement>
  /** Lets go of the work. */
  release(): Promise<void>
}
