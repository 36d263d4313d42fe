import type { CurvePoint } from "./curve.ts"

/** At most `count` points: each the mean of as many neighbours as come on it. */
export function thinCurve(points: readonly CurvePoint[], count: number): readonly CurvePoint[] {
  if (points.length <= count) return points
  return Array.from({ length: count }, (_, index) => {
    const begin = Math.floor((index * points.length) / count)
    const part = points.slice(begin, Math.floor(((index + 1) * points.length) / count))
    const mean = (of: (point: CurvePoint) => number) => part.reduce((sum, point) => sum + of(point), 0) / part.length
    return { x: mean(({ x }) => x), y: mean(({ y }) => y) }
  })
}
