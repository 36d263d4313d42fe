/** One line of a picture. */
export interface Curve {
  readonly name: string
  readonly points: readonly CurvePoint[]
}

export interface CurvePoint {
  readonly x: number
  readonly y: number
}
