import type { JSX } from "preact"
import type { Problem } from "../problem.ts"

export interface ProblemTextProps {
  problem: Problem
  /** Read out at once; not where the page reads it out in another way. */
  alert?: boolean
}

/** What went wrong, and what to do next. */
export function ProblemText({ problem, alert }: ProblemTextProps): JSX.Element {
  return (
    <p class="problem" role={alert ? "alert" : undefined}>
      <strong>{problem.message}</strong> {problem.nextStep}
    </p>
  )
}
