import { readTextFile } from "#platform/read-text-file"
import type { AnswersLine } from "../metrics/answers-line.ts"
import type { MetricsLine } from "../metrics/metrics-line.ts"
import type { ValidationLine } from "../metrics/validation-line.ts"
import { TrainError } from "../train-error.ts"
import type { RunReport } from "./run-report.ts"

/** What the output folder of a run holds for its report. Errors: TrainError "no-run" for a folder without a run. */
export async function readReport(output: string): Promise<RunReport> {
  const identity = await readTextFile(`${output}/recipe.json`)
  if (identity === undefined) throw new TrainError(`There is no run in ${output}.`, { code: "no-run" })
  return {
    recipe: (JSON.parse(identity) as Pick<RunReport, "recipe">).recipe,
    metrics: await readLines<MetricsLine>(`${output}/metrics.jsonl`),
    validation: await readLines<ValidationLine>(`${output}/validation.jsonl`),
    answers: await readLines<AnswersLine>(`${output}/answers.jsonl`),
  }
}

/** The whole lines of a file; one may be just being written. */
async function readLines<Line>(file: string): Promise<Line[]> {
  const text = (await readTextFile(file)) ?? ""
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
}
