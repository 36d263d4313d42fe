/**
 * What became of a check. "needs training" and "asset absent" fail in strict runs only; "not checked" marks a tensor of
 * the fixture that no check reads.
 */
export type RowStatus =
  | "ok"
  | "over tolerance"
  | "no dispatches"
  | "failed"
  | "unknown kind"
  | "needs training"
  | "asset absent"
  | "not checked"

/** One line of the table. */
export interface Row {
  fixture: string
  check: string
  /** Largest relative error; where values must be equal, the largest difference or the share of unequal items. */
  error: number | undefined
  /** 0 where values must be equal. */
  tolerance: number | undefined
  status: RowStatus
  /** Kernels that made the numbers; undefined for checks that need no GPU. */
  dispatches: number | undefined
  /** What is wrong, or missing. */
  detail?: string
}
