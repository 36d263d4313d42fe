import type { KindCheck } from "../kind-check.ts"

/** Ten steps and more of the optimiser: nothing of it can be checked without training. */
export const checkAdamw: KindCheck = async ({ fixture, report }) => {
  const steps = fixture.golden["learning_rates"]
  const names = [...fixture.tensors.keys()]
  report.needsTraining(`${Array.isArray(steps) ? steps.length : 0} steps (norms, ${names.length} tensors)`)
  fixture.leave(names)
}
