import { randomValues } from "./random-values.ts"

/** Values of a parameter that is no weight matrix, by its path: norms near one, biases near zero. */
export function randomParameter(path: string, count: number): Float32Array {
  if (/norm\d?\.weight$/.test(path)) return randomValues(path, count, 0.2).map((value) => 1 + value)
  if (/patch_embedding\.weight$/.test(path)) return randomValues(path, count, 0.03)
  return randomValues(path, count, 0.1)
}
