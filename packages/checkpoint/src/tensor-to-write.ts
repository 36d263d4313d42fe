import type { StoredDType } from "./stored-tensor.ts"

type Chunks = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/**
 * A tensor on its way into a file. `bytes` (row-major, little-endian, in pieces of any size) is asked for when its turn
 * comes and let go afterwards: give a function, and only one tensor is ever in memory.
 */
export interface TensorToWrite {
  readonly name: string
  readonly dtype: StoredDType
  /** Outermost dimension first. */
  readonly shape: readonly number[]
  readonly bytes: Chunks | (() => Chunks | Promise<Chunks>)
}
