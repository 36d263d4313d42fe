import type { CheckContext } from "./kind-check.ts"

const isGradient = /^grad(_norms)?[._]/
const isTrained = /^(?:(.+)\.)?after\d+\./

/** One row for the gradients, and one for each run of training steps, that a fixture holds. */
export function needsTraining({ fixture, report }: Pick<CheckContext, "fixture" | "report">): void {
  const names = [...fixture.tensors.keys()]
  const gradients = names.filter((name) => isGradient.test(name))
  if (gradients.length > 0) report.needsTraining(`gradients (${gradients.length} tensors)`)
  fixture.leave(gradients)
  fixture.leave(names.filter((name) => isTrained.test(name) || name.startsWith("train_")))
  for (const [key, value] of Object.entries(fixture.golden)) {
    if (typeof value !== "object" || value === null || !("losses" in value)) continue
    const stage = key === "train" ? "" : key
    const weights = names.filter((name) => isTrained.test(name) && (isTrained.exec(name)?.[1] ?? "") === stage)
    const steps = Array.isArray(value.losses) ? value.losses.length : 0
    report.needsTraining(`${key}: ${steps} steps (losses, gradient norms, ${weights.length} tensors)`)
  }
}
