import { AdamW, clipGradients, type Device, learningRateFactor, Parameter, Tensor } from "@llava/tensor"
import { z } from "zod"
import type { Fixture } from "../fixture.ts"
import type { KindCheck } from "../kind-check.ts"
import { type OptimizerSettings, optimizerSettings } from "../optimizer-settings.ts"
import { tolerances } from "../tolerances.ts"

const goldenSchema = z.looseObject({ norms: z.array(z.number()), learning_rates: z.array(z.number()) })

/**
 * The optimiser alone, with gradients that are given: `grad_p` `[steps, ...]` for `p0`, and so for every letter. After
 * each step its weights (`p1`, `p2`, ...), the norm of all gradients before clipping, the learning rate.
 */
export const checkAdamw: KindCheck = async ({ fixture, report, device: open }) => {
  const golden = goldenSchema.parse(fixture.golden)
  const settings = optimizerSettings(fixture.golden)
  const device = await open()
  const { value: steps, dispatches } = await report.measure(device, () => runSteps(fixture, device, settings))
  const norms = { value: steps.map(({ norm }) => norm), dispatches }
  report.close("norms", norms, golden.norms, tolerances.loss, device)
  const rates = { value: steps.map(({ learningRate }) => learningRate), dispatches: undefined }
  report.close("learning_rates", rates, golden.learning_rates, tolerances.learningRates)
  for (const { weights } of steps) {
    for (const [name, value] of weights) {
      report.close(name, { value, dispatches }, await fixture.floats(name), tolerances.trained, device)
    }
  }
}

async function runSteps(fixture: Fixture, device: Device, settings: OptimizerSettings) {
  const { lr, betas, eps, weight_decay, warmup_steps, total_steps, clip_norm } = settings
  using parameters = new DisposableStack()
  const named = new Map<string, { parameter: Parameter; gradients: Float32Array }>()
  for (const tensor of fixture.namesOf("grad_")) {
    const letter = tensor.slice("grad_".length)
    const shape = fixture.shape(`${letter}0`)
    const parameter = parameters.adopt(new Parameter(shape), (owned) => owned.dispose())
    parameter.set(Tensor.from(device, await fixture.floats(`${letter}0`), shape))
    parameter.trainable = true
    named.set(letter, { parameter, gradients: await fixture.floats(tensor) })
  }
  const groups = [...named].map(([letter, { parameter }]) => {
    const weightDecay = weight_decay[letter]
    if (weightDecay === undefined) throw new Error(`golden.json states no decay of '${letter}'`)
    return { parameters: [[letter, parameter] as const], weightDecay }
  })
  using optimizer = new AdamW(groups, { betas, epsilon: eps })
  const steps: { norm: number; learningRate: number; weights: Map<string, Float32Array> }[] = []
  for (let step = 0; step < total_steps; step++) {
    for (const { parameter, gradients } of named.values()) setGradient(device, parameter, gradients, step)
    const all = [...named.values()].map(({ parameter }) => parameter)
    const clipped = clipGradients(all, clip_norm === null ? {} : { maxNorm: clip_norm })!
    using norm = clipped.norm
    using gradientFactor = clipped.factor
    const learningRate =
      lr * learningRateFactor(step, { kind: "cosine", warmupSteps: warmup_steps, steps: total_steps })
    optimizer.step({ learningRate, gradientFactor })
    optimizer.clearGradients()
    const weights = new Map<string, Float32Array>()
    for (const [letter, { parameter }] of named) {
      weights.set(`${letter}${step + 1}`, (await parameter.tensor.read()) as Float32Array)
    }
    steps.push({ norm: (await norm.read())[0]!, learningRate, weights })
  }
  return steps
}

/** By a backward pass from the parameter itself. */
function setGradient(device: Device, parameter: Parameter, gradients: Float32Array, step: number): void {
  using _ = device.scope()
  using tape = device.record()
  const { tensor, shape } = parameter
  const values = gradients.subarray(step * tensor.size, (step + 1) * tensor.size)
  tape.backward(tensor, Tensor.from(device, values, shape))
}
