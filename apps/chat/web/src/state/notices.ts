import { signal } from "@preact/signals"
import type { Problem } from "../problem.ts"
import { problemOf } from "../problem-of.ts"

/** What went wrong outside of an answer; shown until it is dismissed. */
export const notice = signal<Problem | undefined>(undefined)

/** Said to screen readers, seen by nobody: what has changed on the page without the focus moving there. */
export const announcement = signal("")

/** Shows what was thrown as a notice. */
export function reportProblem(error: unknown): void {
  notice.value = problemOf(error)
}
