/** An object of the scene that is being composed. It stands in the middle of one of nine cells. */
export interface PlacedObject {
  readonly id: string
  readonly kind: string
  /** 0 to 8, row by row from the top left. */
  readonly cell: number
  /** Edge in pixels of the picture. */
  readonly size: number
  readonly flipped: boolean
}
