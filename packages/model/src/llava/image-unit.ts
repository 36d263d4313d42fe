import type { ContextUnit } from "./prompt-cache.ts"

/** The unit that stands for one row of an image: -1 and below, unlike any of another image or row. */
export function imageUnit(key: number, row: number, perImage: number): ContextUnit {
  return -1 - (key * perImage + row)
}
