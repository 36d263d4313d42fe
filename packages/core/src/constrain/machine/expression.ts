/**
 * What a text of bytes may look like: a grammar without names. `lazy` makes it recursive, and lets what is never reached
 * never be made; it has to give the same expression every time.
 */
export type Expression =
  | { readonly kind: "bytes"; readonly allowed: ByteSet }
  | { readonly kind: "sequence"; readonly items: readonly Expression[] }
  | { readonly kind: "choice"; readonly options: readonly Expression[] }
  | Repeat
  | { readonly kind: "lazy"; readonly resolve: () => Expression }

/** `item` so many times; `max` may be Infinity. */
export interface Repeat {
  readonly kind: "repeat"
  readonly item: Expression
  readonly min: number
  readonly max: number
}

/** Which of the 256 bytes, by their value. */
export type ByteSet = readonly boolean[]
