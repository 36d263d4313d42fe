import type { Row, RowStatus } from "./row.ts"

const failures: ReadonlySet<RowStatus> = new Set(["over tolerance", "no dispatches", "failed", "unknown kind"])
const strictFailures: ReadonlySet<RowStatus> = new Set(["asset absent", "not checked"])

export function rowFails({ status }: Row, strict = false): boolean {
  return failures.has(status) || (strict && strictFailures.has(status))
}
