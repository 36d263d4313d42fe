import type { AnswersLine } from "../metrics/answers-line.ts"
import type { MetricsLine } from "../metrics/metrics-line.ts"
import type { ValidationLine } from "../metrics/validation-line.ts"

/** All that a report shows of a run. */
export interface RunReport {
  readonly recipe: Readonly<Record<string, unknown>>
  readonly metrics: readonly MetricsLine[]
  readonly validation: readonly ValidationLine[]
  readonly answers: readonly AnswersLine[]
}
