import { EvaluationError } from "../evaluation-error.ts"
import { mean } from "../statistics/mean.ts"
import { roundHalfEven } from "../statistics/round-half-even.ts"
import { standardDeviation } from "../statistics/standard-deviation.ts"
import { formatTable } from "../tables/format-table.ts"
import { listSome } from "../tables/list-some.ts"
import { shortName } from "../tables/short-name.ts"
import type { FileReview, ReviewFile } from "./parse-reviews.ts"
import { type PositionBias, positionBias } from "./position-bias.ts"
import type { ScorePair } from "./review-score.ts"

export interface ReviewRow {
  /** 100 times the candidate's mean score over the reference's; two decimals. */
  relative: number | null
  /** 10 times the mean score. */
  reference: number | null
  candidate: number | null
  /** Of several runs: the standard deviation of `relative`; null where fewer than two have figures. */
  spread?: number | null
}

export interface ScoreReviewsOptions {
  /**
   * Average failed reviews in as [-1, -1], as LLaVA's `summarize_gpt_review.py` does. Only to compare with figures that
   * were made so.
   */
  includeFailed?: boolean
}

export interface ReviewScore {
  rows: { all: ReviewRow } & Record<string, ReviewRow>
  /** Reviews without two scores, over all runs. */
  failed: number
  reviews: number
  runs: { file: string; relative: number | null; failed: number }[]
  /** Where runs saw the answers in both orders. */
  positionBias: PositionBias | undefined
  notes: string[]
  table: string
}

/**
 * LLaVA-Bench's figures: per category and for all, the ratio of the mean scores of all questions, not the mean of ratios.
 * Several files are several runs of a judge: each is aggregated by itself, then the figures are averaged.
 *
 * @throws EvaluationError `runs-differ` where the runs review different questions or name other categories for them.
 */
export function scoreReviews(files: readonly ReviewFile[], options: ScoreReviewsOptions = {}): ReviewScore {
  refuseDifferentRuns(files)
  const categories = [
    ...new Set(files.flatMap(({ reviews }) => reviews.flatMap(({ category }) => category ?? []))),
  ].sort()
  const aggregate = (wanted: (review: FileReview) => boolean) =>
    combine(files.map(({ reviews }) => aggregateRun(reviews.filter(wanted), options.includeFailed === true)))
  const rows = Object.fromEntries([
    ["all", aggregate(() => true)],
    ...categories.map((name) => [name, aggregate(({ category }) => category === name)] as const),
  ]) as ReviewScore["rows"]
  const runs = files.map(({ file, reviews }) => ({
    file,
    relative: rounded(aggregateRun(reviews, options.includeFailed === true)?.relative),
    failed: reviews.filter(({ scores }) => scores === undefined).length,
  }))
  const notes = files.flatMap(({ file, reviews }) => {
    const failed = reviews.filter(({ scores }) => scores === undefined)
    if (failed.length === 0) return []
    const places = failed.map(({ question, line }) => `question ${question} (line ${line ?? "?"})`)
    const fate = options.includeFailed ? "averaged in as -1" : "left out"
    return [`${file}: ${failed.length} reviews have no two scores of 0 to 10 and are ${fate}: ${listSome(places)}.`]
  })
  return {
    rows,
    failed: runs.reduce((sum, run) => sum + run.failed, 0),
    reviews: files.reduce((sum, { reviews }) => sum + reviews.length, 0),
    runs,
    positionBias: positionBias(files),
    notes,
    table: reviewTable(rows, runs),
  }
}

interface Aggregate {
  relative: number
  reference: number
  candidate: number
}

function aggregateRun(reviews: readonly FileReview[], includeFailed: boolean): Aggregate | undefined {
  const failed: ScorePair[] = includeFailed ? [[-1, -1]] : []
  const pairs = reviews.flatMap(({ scores }) => (scores === undefined ? failed : [scores]))
  if (pairs.length === 0) return undefined
  const reference = mean(pairs.map(([score]) => score))
  const candidate = mean(pairs.map(([, score]) => score))
  return { relative: (candidate / reference) * 100, reference: reference * 10, candidate: candidate * 10 }
}

function combine(runs: readonly (Aggregate | undefined)[]): ReviewRow {
  const present = runs.filter((run) => run !== undefined)
  const average = (name: keyof Aggregate) => rounded(mean(present.map((run) => run[name])))
  const row = { relative: average("relative"), reference: average("reference"), candidate: average("candidate") }
  if (runs.length === 1) return row
  const relatives = present.map(({ relative }) => relative)
  return { ...row, spread: relatives.length < 2 ? null : rounded(standardDeviation(relatives)) }
}

function rounded(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : roundHalfEven(value, 2)
}

function refuseDifferentRuns(files: readonly ReviewFile[]): void {
  const [first, ...others] = files
  const categories = new Map(first?.reviews.map(({ question, category }) => [question, category]))
  for (const { file, reviews } of others) {
    const odd = reviews.find(
      ({ question, category }) => !categories.has(question) || categories.get(question) !== category,
    )
    const here = new Set(reviews.map(({ question }) => question))
    const absent = [...categories.keys()].find((question) => !here.has(question))
    if (odd === undefined && absent === undefined) continue
    const what =
      odd === undefined
        ? `has no review of question ${absent}`
        : `reviews question ${odd.question} of ${odd.category ?? "no category"}`
    throw new EvaluationError(`This run ${what}, unlike ${first?.file}.`, {
      code: "runs-differ",
      file,
      line: odd?.line,
      fix: "Runs are averaged over the same questions; score other files by themselves.",
    })
  }
}

function reviewTable(rows: ReviewScore["rows"], runs: ReviewScore["runs"]): string {
  const cell = (value: number | null | undefined) => value?.toFixed(2) ?? "-"
  const several = runs.length > 1
  const header = ["", "relative", ...(several ? ["spread"] : []), "reference", "candidate"]
  const lines = Object.entries(rows).map(([name, row]) => [
    name,
    cell(row.relative),
    ...(several ? [cell(row.spread)] : []),
    cell(row.reference),
    cell(row.candidate),
  ])
  const perRun = several ? runs.map(({ file, relative }) => `${shortName(file)}: ${cell(relative)}`) : []
  return [formatTable(header, lines), ...(several ? ["", ...perRun] : [])].join("\n")
}
