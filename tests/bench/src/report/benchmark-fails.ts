import { contestants } from "../contestants/contestant-names.ts"
import type { BenchmarkReport } from "./report.ts"

/**
 * Whether something is wrong on our side: @llava failed, or it stands alone with its result, as everybody else's that
 * could be compared is different. A peer that fails, or is alone with its result, is no failure.
 */
export function benchmarkFails({ rows: [first, ...others] }: BenchmarkReport): boolean {
  if (first?.status !== "measured") return true
  const own = others.filter(({ contestant }) => contestants[contestant].own)
  if (own.some(({ status }) => status !== "measured")) return true
  const peers = others.filter((row) => !contestants[row.contestant].own && row.status !== "failed")
  return peers.length > 0 && peers.every(({ status }) => status === "different")
}
