import type { ReviewScore } from "@llava/eval"
import type { Report } from "./report.ts"

/** LLaVA-Bench's figures as they are printed. */
export function reviewReport({ rows, failed, reviews, runs, positionBias, table, notes }: ReviewScore): Report {
  const summary = [`${reviews} reviews in ${runs.length} ${runs.length === 1 ? "run" : "runs"}, ${failed} failed.`]
  if (positionBias !== undefined) {
    const { questions, firstPlace, reversed } = positionBias
    summary.push(
      `Position bias: the first place is worth ${firstPlace.toFixed(2)} points; the order decides ${reversed.toFixed(2)} % of ${questions} questions judged in both.`,
    )
  }
  return {
    json: { ...rows, failed, ...(positionBias !== undefined && { positionBias }) },
    table: `${table}\n\n${summary.join("\n")}`,
    notes,
  }
}
