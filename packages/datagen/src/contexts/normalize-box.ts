import type { ContextCounts } from "./context-counts.ts"

export type Box = [number, number, number, number]

/** Boxes of published files stand over the edge by a rounding; only more than this is counted as out of range. */
const rounding = 0.0015

/**
 * A box `[x1, y1, x2, y2]` in fractions of the image, clipped to it and rounded to three decimals; undefined where
 * nothing of it is left. What was wrong with it is counted.
 */
export function normalizeBox(corners: readonly number[], counts: ContextCounts): Box | undefined {
  if (corners.length !== 4 || !corners.every(Number.isFinite)) {
    counts.invalidBoxes++
    return undefined
  }
  const outside = corners.some((value) => value < -rounding || value > 1 + rounding)
  const [x1, y1, x2, y2] = corners.map((value) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000) as Box
  if (x2 <= x1 || y2 <= y1) {
    counts.emptyBoxes++
    return undefined
  }
  if (outside) counts.clippedBoxes++
  counts.boxes++
  return [x1, y1, x2, y2]
}
