import { TensorError } from "../error/tensor-error.ts"
import { expectDtype } from "../tensor/expect-dtype.ts"
import { expectShape } from "../tensor/shape.ts"
import type { Tensor } from "../tensor/tensor.ts"

/**
 * Where the rows of new tokens `[batch, tokens, ...]` go in a cache: one after the other in the row of their item, or
 * each to a place of its own, as in a cache of pages.
 */
export type CachePlaces =
  | {
      /** i32 `[batch]`: where token 0 goes; the cache is `[batch, capacity, ...]`. */
      readonly offsets: Tensor
      /** i32 `[batch]`: tokens at this index and above are padding and are not written. */
      readonly lengths?: Tensor
      readonly slots?: undefined
    }
  | {
      /**
       * i32 `[batch, tokens]`: the place among all rows of the cache, which is `[pages, pageSize, ...]`; a negative one is
       * not written.
       */
      readonly slots: Tensor
      readonly offsets?: undefined
      readonly lengths?: undefined
    }

/** What kernels need to know of the places. */
interface ResolvedPlaces {
  /** `slots`, or `offsets`. */
  readonly starts: Tensor
  readonly lengths: Tensor | undefined
  readonly slotted: boolean
  /** Rows that a token may go to: those of its item, or all. */
  readonly capacity: number
  /** What the first two sizes of the cache must be. */
  readonly leading: readonly [number, number]
}

/** Checks places against rows `[batch, tokens, ...]` and a cache. Errors: "shape-mismatch", "dtype-mismatch". */
export function resolveCachePlaces(
  caller: string,
  places: CachePlaces,
  rows: Tensor,
  [first, second]: readonly number[],
): ResolvedPlaces {
  const [batch, tokens] = rows.shape
  if (batch === undefined || tokens === undefined || first === undefined || second === undefined) {
    throw new TensorError(`${caller}: rows of shape [${rows.shape}] into a cache without two sizes.`, {
      code: "shape-mismatch",
      fix: "Expected [batch, tokens, ...] and [batch, capacity, ...] or [pages, pageSize, ...].",
    })
  }
  const { slots, offsets, lengths } = places
  for (const [name, tensor] of Object.entries({ slots, offsets, lengths })) {
    if (!tensor) continue
    expectDtype(caller, name, tensor, "i32")
    expectShape(caller, name, tensor.shape, name === "slots" ? [batch, tokens] : [batch])
  }
  if (slots)
    return { starts: slots, lengths: undefined, slotted: true, capacity: first * second, leading: [first, second] }
  return { starts: offsets, lengths, slotted: false, capacity: second, leading: [batch, second] }
}
