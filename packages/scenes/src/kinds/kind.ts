/** Every category that a kind can belong to. */
export type Category =
  | "animal"
  | "fruit"
  | "vegetable"
  | "food"
  | "vehicle"
  | "plant"
  | "instrument"
  | "toy"
  | "tool"
  | "clothing"
  | "building"
  | "furniture"
  | "thing"

export type ColourName =
  | "red"
  | "orange"
  | "yellow"
  | "green"
  | "blue"
  | "purple"
  | "pink"
  | "brown"
  | "gray"
  | "black"
  | "white"

/** A kind of object and what is true of all its pictures. */
export interface Kind {
  /** How it is called in English, without an article: "ice cream". */
  readonly name: string
  readonly plural: string
  /** Other names by which people call it. */
  readonly also?: readonly string[]
  /** Names that other kinds have, too: a sailboat is a boat, and so is a canoe. */
  readonly alike?: readonly string[]
  /** The picture's name in `@iconify-json/noto`. */
  readonly icon: string
  readonly category: Category
  /** The colours one would name, the main one first. */
  readonly colours: readonly [ColourName, ...ColourName[]]
}
