import type { Work } from "../plan/work.ts"

/** What a computation gave: numbers to compare, as 32-bit floats, or token ids. */
export type Output = Float32Array | Int32Array

/** Work made ready: weights are on the device, everything is compiled by the first run. */
export interface Prepared extends AsyncDisposable {
  /** From inputs on the host to outputs on the host. */
  run(): Promise<Output>
  /** Called after each measured run, outside of its time: measures what a fact sets beside the run. */
  measureBeside?(): Promise<void>
  /** Things worth knowing beside the time, such as the dispatches of a run. */
  facts?(): Readonly<Record<string, number>>
}

/** A library with its device, in a process of its own. */
export interface Contestant {
  /** Of the library. */
  readonly version: string
  /** The adapter by its own name, where the library tells. */
  readonly adapter?: string
  prepare(work: Work): Promise<Prepared>
}
