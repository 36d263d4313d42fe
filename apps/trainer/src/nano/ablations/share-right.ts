import type { AblationRun } from "./ablation-record.ts"

/** The share of a run's questions that are answered rightly: of these kinds, or of all. */
export function shareRight({ kinds }: Pick<AblationRun, "kinds">, among?: readonly string[]): number {
  const counted = kinds.filter(({ kind }) => among?.includes(kind) ?? true)
  const total = counted.reduce((sum, kind) => sum + kind.total, 0)
  return total === 0 ? 0 : counted.reduce((sum, kind) => sum + kind.right, 0) / total
}
