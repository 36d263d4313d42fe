import { matchPattern } from "@llava/model"
import { AdamW, clipGradients, learningRateFactor, type Parameter } from "@llava/tensor"
import { accumulateGradients, type Objective } from "@llava/train"
import type { CheckContext } from "./kind-check.ts"
import { tolerances } from "./tolerances.ts"
import type { TrainingCurve } from "./training-curve.ts"

export interface StepsCheck<Batch> {
  curve: TrainingCurve
  objective: Objective<Batch>
  /** One per step. */
  batches: readonly Batch[]
  /** From the fixture's name of a parameter to the objective's. */
  pathOf: (name: string) => string
  /** Patterns of the paths that are trained; all others stay as they are. */
  train: readonly string[]
  label?: string
}

/** A run of steps: losses, rates and lengths of gradients on the way, and every trained weight at its end. */
export async function checkSteps<Batch>(
  { fixture, report }: Pick<CheckContext, "fixture" | "report">,
  { curve, objective, batches, pathOf, train, label = "" }: StepsCheck<Batch>,
): Promise<void> {
  const { name, after } = curve
  const { device } = objective
  const parameters = new Map(objective.namedParameters())
  const trained = new Map([...parameters].filter(([path]) => train.some((pattern) => matchPattern(pattern, path))))
  const chosen = new Set(trained.values())
  for (const parameter of parameters.values()) parameter.trainable = chosen.has(parameter)
  const { value, dispatches } = await report.measure(device, () => runSteps(curve, objective, batches, trained))
  const close = (check: string, value: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) =>
    report.close(`${check}${label}`, { value, dispatches }, expected, tolerance, device)
  close(`${name}.losses`, value.losses, curve.losses, tolerances.loss)
  close(`${name}.gradient_norms`, value.gradientNorms, curve.gradient_norms, tolerances.loss)
  const rates = { value: value.learningRates, dispatches: undefined }
  report.close(`${name}.learning_rates${label}`, rates, curve.learning_rates, tolerances.learningRates)
  for (const tensor of fixture.namesOf(after)) {
    const path = pathOf(tensor.slice(after.length))
    const parameter = trained.get(path)
    if (!parameter) {
      report.fail(`${tensor}${label}`, `there is no '${path}' that is trained`)
      continue
    }
    // Attention is nearly blind to what is added to all keys: this gradient is small, and AdamW scales it up.
    const tolerance = tensor.endsWith("k_proj.bias") ? tolerances.trainedKeyBiases : tolerances.trained
    close(tensor, (await parameter.tensor.read()) as Float32Array, await fixture.floats(tensor), tolerance)
  }
}

async function runSteps<Batch>(
  { optimizer: settings }: TrainingCurve,
  objective: Objective<Batch>,
  batches: readonly Batch[],
  trained: ReadonlyMap<string, Parameter>,
) {
  const { betas, eps, lr, weight_decay, warmup_steps, total_steps, clip_norm } = settings
  using optimizer = new AdamW([{ parameters: trained, weightDecay: weight_decay }], { betas, epsilon: eps })
  const curve = { losses: [] as number[], gradientNorms: [] as number[], learningRates: [] as number[] }
  for (const [step, batch] of batches.entries()) {
    const { losses, terms } = accumulateGradients(objective, [batch], "tokens")
    const clipped = clipGradients(trained.values(), clip_norm === null ? {} : { maxNorm: clip_norm })
    if (!clipped) throw new Error("no gradient reached what is trained")
    const { norm, factor } = clipped
    const schedule = { kind: "cosine", warmupSteps: warmup_steps, steps: total_steps } as const
    const learningRate = lr * learningRateFactor(step, schedule)
    optimizer.step({ learningRate, gradientFactor: factor })
    optimizer.clearGradients()
    let sum = 0
    for (const loss of losses) sum += (await loss.read())[0]!
    curve.losses.push(sum / terms)
    curve.gradientNorms.push((await norm.read())[0]!)
    curve.learningRates.push(learningRate)
    for (const tensor of [...losses, norm, factor]) tensor.dispose()
  }
  return curve
}
