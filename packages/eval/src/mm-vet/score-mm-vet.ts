import { EvaluationError } from "../evaluation-error.ts"
import { mean } from "../statistics/mean.ts"
import { roundHalfEven } from "../statistics/round-half-even.ts"
import { standardDeviation } from "../statistics/standard-deviation.ts"
import { formatTable } from "../tables/format-table.ts"
import { listSome } from "../tables/list-some.ts"
import type { Grade, GradeFile } from "./parse-grades.ts"

export interface MmVetScore {
  /** 0 to 100, two decimals: the mean over questions of their mean over runs. */
  total: number | null
  /** The same of the questions that ask for a capability; absent without the question file. */
  perCapability?: Record<string, number | null>
  /** The same for each set of capabilities that questions ask for together. */
  perIntegration?: Record<string, number | null>
  /** Scores that are no numbers of 0 to 1; left out. */
  failed: number
  runs: number
  /** The standard deviation of the runs' totals; null of one run. */
  spread: number | null
  questions: number
  /** Questions without a grade; left out. */
  missing: number
  /** Grades of ids that the question file lacks; left out. */
  unknown: number
  notes: string[]
  table: string
}

/**
 * MM-Vet's figures from the grades of a judge.
 *
 * @param capabilities of each question (`parseCapabilities`)
 * @throws EvaluationError `answers-unrelated` where no graded id is among the questions.
 */
export function scoreMmVet(
  { file, grades }: GradeFile,
  capabilities?: ReadonlyMap<string, readonly string[]>,
): MmVetScore {
  const known = capabilities === undefined ? grades : grades.filter(({ id }) => capabilities.has(id))
  const unknown = grades.filter((grade) => !known.includes(grade))
  if (known.length === 0) {
    throw new EvaluationError("No graded id is among the questions.", {
      code: "answers-unrelated",
      file,
      line: grades[0]?.line,
      fix: "Take the question file that the grades were made for.",
    })
  }
  const graded = new Set(known.map(({ id }) => id))
  const missing = [...(capabilities?.keys() ?? [])].filter((id) => !graded.has(id))
  const failed = known.filter(({ scores }) => scores.includes(undefined))
  const runs = Math.max(...known.map(({ scores }) => scores.length))
  const perRun = Array.from({ length: runs }, (_, run) => mean(known.flatMap(({ scores }) => scores[run] ?? [])))
  const score = {
    total: totalOf(known),
    ...(capabilities === undefined ? {} : breakdown(known, capabilities)),
    failed: failed.reduce((sum, { scores }) => sum + scores.filter((value) => value === undefined).length, 0),
    runs,
    spread: runs > 1 ? rounded(standardDeviation(perRun) * 100) : null,
    questions: known.length,
    missing: missing.length,
    unknown: unknown.length,
  }
  const place = ({ id, line }: Grade) => `${id} (line ${line ?? "?"})`
  const notes = [
    [failed.map(place), "questions have scores that are no numbers of 0 to 1, which are left out"] as const,
    [missing, "questions have no grade"] as const,
    [unknown.map(place), "grades are of unknown questions and left out"] as const,
  ].flatMap(([names, what]) => (names.length === 0 ? [] : [`${file}: ${names.length} ${what}: ${listSome(names)}.`]))
  return { ...score, notes, table: mmVetTable(score) }
}

function breakdown(grades: readonly Grade[], capabilities: ReadonlyMap<string, readonly string[]>) {
  const asks = (id: string) => capabilities.get(id) ?? []
  const names = [...new Set(grades.flatMap(({ id }) => asks(id)))]
  const sets = [...new Set(grades.map(({ id }) => setName(asks(id))))]
  return {
    perCapability: Object.fromEntries(
      names.map((name) => [name, totalOf(grades.filter(({ id }) => asks(id).includes(name)))]),
    ),
    perIntegration: Object.fromEntries(
      sets.map((name) => [name, totalOf(grades.filter(({ id }) => setName(asks(id)) === name))]),
    ),
  }
}

function setName(capabilities: readonly string[]): string {
  return [...capabilities].sort().join("_")
}

function totalOf(grades: readonly Grade[]): number | null {
  const means = grades.flatMap(({ scores }) => {
    const present = scores.filter((score) => score !== undefined)
    return present.length === 0 ? [] : [mean(present)]
  })
  return means.length === 0 ? null : rounded(mean(means) * 100)
}

function rounded(value: number): number | null {
  return Number.isFinite(value) ? roundHalfEven(value, 2) : null
}

function mmVetTable({
  total,
  perCapability,
  perIntegration,
}: Pick<MmVetScore, "total" | "perCapability" | "perIntegration">): string {
  const row = (name: string, value: number | null) => [name, value?.toFixed(2) ?? "-"]
  return formatTable(
    ["", "score"],
    [
      row("total", total),
      ...Object.entries({ ...perCapability, ...perIntegration }).map(([name, value]) => row(name, value)),
    ],
  )
}
