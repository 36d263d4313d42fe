export interface DataProblem {
  /** From 1. */
  line: number
  /** `warning`: trains, but is worth a look. */
  severity: "error" | "warning"
  /** Stable, kebab-case: `image-missing`. */
  rule: string
  message: string
}
