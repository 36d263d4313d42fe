import type { ContextUnit } from "./prompt-cache.ts"

/** The image and the row that a unit below zero stands for. */
export function imageRowOf(unit: ContextUnit, perImage: number): { key: number; row: number } {
  const place = -1 - unit
  return { key: Math.floor(place / perImage), row: place % perImage }
}
