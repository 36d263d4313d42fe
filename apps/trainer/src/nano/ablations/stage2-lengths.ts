import type { AblationRecord, AblationRun } from "./ablation-record.ts"
import { ablationVariants } from "./ablation-variants.ts"

/** The variants that differ from the baseline in nothing but the length of stage 2, and itself, as far as they were made: shortest first. */
export function stage2Lengths({ plan, runs }: Pick<AblationRecord, "plan" | "runs">): {
  steps: number
  own: AblationRun[]
}[] {
  return ablationVariants
    .flatMap(({ name, change }) => {
      const isLength = Object.keys(change).every((key) => key === "stage2Length")
      const own = runs.filter(({ variant }) => variant === name)
      const steps = Math.round(plan.stage2.steps * (change.stage2Length ?? 1))
      return isLength && own.length > 0 ? [{ steps, own }] : []
    })
    .sort((a, b) => a.steps - b.steps)
}
