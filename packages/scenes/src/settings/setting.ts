export type Rgb = readonly [red: number, green: number, blue: number]

/** One layer of paint. Heights are fractions of the picture from the top. */
export type Layer =
  | { readonly type: "gradient"; readonly from: number; readonly to: number; readonly top: Rgb; readonly bottom: Rgb }
  /** Ground with a wavy upper edge; `waves` per picture width. */
  | {
      readonly type: "ground"
      readonly from: number
      readonly rise: number
      readonly waves: number
      readonly color: Rgb
    }
  /** Spots at random places; `radius` in fractions of the width, `count` per picture. */
  | {
      readonly type: "spots"
      readonly from: number
      readonly to: number
      readonly count: number
      readonly radius: number
      readonly color: Rgb
    }
  /** Short horizontal strokes at random places, `length` in fractions of the width. */
  | {
      readonly type: "strokes"
      readonly from: number
      readonly to: number
      readonly count: number
      readonly length: number
      readonly color: Rgb
    }

/** Where a scene takes place. */
export interface Setting {
  /** One word or two, also the answer to "what is the background?": "grass", "plain pink". */
  readonly name: string
  /** After "a cat": "on the grass". */
  readonly place: string
  /** In a sentence of its own: "a green meadow under a blue sky". */
  readonly description: string
  /** Other words by which an answer may name it. */
  readonly words: readonly string[]
  readonly layers: readonly Layer[]
}
