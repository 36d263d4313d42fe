import type { ContestantName } from "../contestants/contestant-names.ts"

import type { PreparedWork, Worker } from "./worker.ts"

/** A contestant in one benchmark, as far as it has come. */
export interface Entrant {
  readonly name: ContestantName
  /** While it takes part. */
  worker?: Worker
  version?: string
  adapter?: string
  prepared?: PreparedWork
  /** Of its result to the first entrant's, by `compareOutputs`. */
  difference?: number
  /** Milliseconds of each measured run. */
  readonly times: number[]
  /** Why it is out. */
  failure?: string
}
