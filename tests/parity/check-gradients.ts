import type { Parameter } from "@llava/tensor"
import { accumulateGradients, type Objective } from "@llava/train"
import type { Fixture } from "./fixture.ts"
import type { CheckContext } from "./kind-check.ts"
import { tolerances } from "./tolerances.ts"

export interface GradientCheck<Batch> {
  objective: Objective<Batch>
  batch: Batch
  /** From the fixture's name of a parameter to the objective's. */
  pathOf: (name: string) => string
  label?: string
  /** Of tensors that hold no gradients but their lengths: whose, by the fixture's names. */
  norms?: Readonly<Record<string, readonly string[]>>
}

/** Below this part of the gradient beside it, a gradient that should be 0 is what rounding left of it. */
const ROUNDING = 3e-6

/** The gradient of the mean loss for every parameter that the fixture has one of, each trained with all others. */
export async function checkGradients<Batch>(
  { fixture, report }: Pick<CheckContext, "fixture" | "report">,
  { objective, batch, pathOf, label = "", norms = {} }: GradientCheck<Batch>,
): Promise<void> {
  const prefix = "grad."
  const whole = fixture.namesOf(prefix).map((name) => name.slice(prefix.length))
  const lengths = Object.entries(norms).filter(([tensor]) => fixture.has(tensor))
  if (whole.length === 0 && lengths.length === 0) return
  const { device } = objective
  const parameters = new Map(objective.namedParameters())
  const named = [...whole, ...lengths.flatMap(([, names]) => names)]
  const trained = new Map<string, Parameter>()
  for (const name of named) {
    const parameter = parameters.get(pathOf(name))
    if (parameter) trained.set(name, parameter)
    else report.fail(`${prefix}${name}${label}`, `the model has no parameter '${pathOf(name)}'`)
  }
  for (const parameter of trained.values()) parameter.trainable = true
  const { dispatches } = await report.measure(device, async () => {
    for (const loss of accumulateGradients(objective, [batch], "tokens").losses) loss.dispose()
  })
  const gradient = async (name: string) => (await trained.get(name)?.gradient?.read()) as Float32Array | undefined
  for (const name of whole) {
    if (!trained.has(name)) continue
    const value = await gradient(name)
    const check = `${prefix}${name}${label}`
    if (!value) report.fail(check, "no gradient reached it")
    else {
      const expected = await fixture.floats(prefix + name)
      const atLeast = await scaleBeside(fixture, prefix + name, expected)
      report.close(check, { value, dispatches }, expected, tolerances.gradients, device, atLeast)
    }
  }
  for (const [tensor, names] of lengths) {
    const value: number[] = []
    for (const name of names) value.push(lengthOf(await gradient(name)))
    report.close(`${tensor}${label}`, { value, dispatches }, await fixture.floats(tensor), tolerances.gradients, device)
  }
  for (const parameter of trained.values()) parameter.trainable = false
}

/**
 * Without rotary positions, attention is blind to what is added to all keys: that gradient is 0, and both sides have
 * only what rounding left of it. It is held against the gradient of the weight beside it.
 */
async function scaleBeside(fixture: Fixture, name: string, expected: Float32Array): Promise<number | undefined> {
  const beside = name.replace(/k_proj\.bias$/, "k_proj.weight")
  if (beside === name || !fixture.has(beside)) return undefined
  const scale = largest(await fixture.floats(beside))
  return largest(expected) < ROUNDING * scale ? scale : undefined
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

/** As PyTorch adds up squares: in float32 and eight lanes, which leaves four digits of a million numbers. */
function lengthOf(values: Float32Array | undefined): number {
  if (!values) return Number.NaN
  const lanes = new Float32Array(8)
  for (const [i, value] of values.entries()) lanes[i % 8] = lanes[i % 8]! + Math.fround(value * value)
  return Math.sqrt(lanes.reduce((sum, lane) => sum + lane, 0))
}
