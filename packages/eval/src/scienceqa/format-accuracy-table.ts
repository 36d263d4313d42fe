import { formatTable } from "../tables/format-table.ts"
import type { AccuracyTable } from "./accuracy-table.ts"
import { categoryNames } from "./categories.ts"

export interface NamedAccuracy extends Pick<AccuracyTable, "accuracy"> {
  name: string
  /** Those of the first row are shown above the rows. */
  counts?: AccuracyTable["counts"]
}

/** Rows of accuracies below the size of each category. */
export function formatAccuracyTable(rows: readonly NamedAccuracy[]): string {
  const sizes = categoryNames.map((name) => String(rows[0]?.counts?.[name].total ?? 0))
  return formatTable(
    ["", ...categoryNames],
    [
      ["problems", ...sizes],
      ...rows.map(({ name, accuracy }) => [
        name,
        ...categoryNames.map((column) => accuracy[column]?.toFixed(2) ?? "-"),
      ]),
    ],
  )
}
