import type { Zone } from "../scene/zone.ts"

/** What a text says of objects of one kind. */
export interface Claim {
  readonly kind: string
  /** How many; undefined where a plural stands without a number. */
  count: number | undefined
  /** "the cat": perhaps one that was spoken of before. */
  readonly definite: boolean
  /** "no cat": that there is none. */
  readonly negated: boolean
  readonly zones: Zone[]
  /** Which sentence of the text it is in, from 0. */
  readonly sentence: number
}
