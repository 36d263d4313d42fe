import { type AccuracyTable, chanceAccuracy, type NamedAccuracy, type Problem, publishedRows } from "@llava/eval"

/** Rows to be read beside others: the ones given, what chance would score, and the published ones. */
export function comparedRows(
  own: readonly (AccuracyTable & { name: string })[],
  problems: ReadonlyMap<string, Problem>,
): NamedAccuracy[] {
  const chance = chanceAccuracy(problems)
  const published = publishedRows.map(({ name, accuracy }) => ({ name: `${name}, published`, accuracy }))
  return [...own, { name: "chance", ...chance }, ...published]
}
