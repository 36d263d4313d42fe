/**
 * What became of a check. "asset absent" and "not checked", which marks a tensor of the fixture that no check reads, fail
 * in strict runs only.
 */
export type RowStatus =
  | "ok"
  | "over tolerance"
  | "no dispatches"
  | "failed"
  | "unknown kind"
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
