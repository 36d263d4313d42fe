import type { Kind } from "../kinds/kind.ts"

/** A place for one sample of the data to be made. */
export interface SampleSlot {
  kind: Kind
  /** Among the image's samples of this kind, from 0. */
  index: number
}
