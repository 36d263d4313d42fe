import type { Tensor } from "../tensor/tensor.ts"
import type { ParameterGroup, StepOptions } from "./optimizer.ts"
import type { OptimizerSlot } from "./optimizer-slots.ts"
import { SlotsOptimizer } from "./slots-optimizer.ts"
import { runUpdate, updateKernel } from "./update-kernel.ts"

const kernel = updateKernel({
  name: "adamw",
  state: ["first", "second"],
  params: ["beta1", "beta2", "keep", "rate", "root", "epsilon"],
  code: /* wgsl */ `
  let m = params.beta1 * first[i] + (1.0 - params.beta1) * g;
  let v = params.beta2 * second[i] + (1.0 - params.beta2) * g * g;
  first[i] = m;
  second[i] = v;
  value[i] = value[i] * params.keep - params.rate * m / (sqrt(v) * params.root + params.epsilon);`,
})

export interface AdamWOptions {
  /** [0.9, 0.999] unless given. */
  betas?: readonly [number, number]
  /** 1e-8 unless given. */
  epsilon?: number
}

type Kind = "first_moment" | "second_moment"

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019), as PyTorch's `AdamW`; one pass per parameter. */
export class AdamW extends SlotsOptimizer<Kind> {
  readonly #betas: readonly [number, number]
  readonly #epsilon: number

  constructor(groups: readonly ParameterGroup[], { betas = [0.9, 0.999], epsilon = 1e-8 }: AdamWOptions = {}) {
    super(groups, ["first_moment", "second_moment"])
    this.#betas = betas
    this.#epsilon = epsilon
  }

  protected update(
    { parameter, state, weightDecay }: OptimizerSlot<Kind>,
    gradient: Tensor,
    { learningRate, gradientFactor }: StepOptions,
  ): void {
    const [beta1, beta2] = this.#betas
    const rate = learningRate / (1 - beta1 ** this.steps)
    const root = 1 / Math.sqrt(1 - beta2 ** this.steps)
    runUpdate(kernel, parameter, {
      gradient,
      state: [state.first_moment, state.second_moment],
      params: [beta1, beta2, 1 - learningRate * weightDecay, rate, root, this.#epsilon],
      ...(gradientFactor && { gradientFactor }),
    })
  }
}

/** `AdamW` in float64, one step on one parameter, in place. */
export function adamwReference(
  state: { value: Float64Array; first: Float64Array; second: Float64Array },
  gradient: ArrayLike<number>,
  options: {
    step: number
    learningRate: number
    weightDecay: number
    betas: readonly [number, number]
    epsilon: number
  },
): void {
  const { step, learningRate, weightDecay, betas, epsilon } = options
  const { value, first, second } = state
  for (let i = 0; i < value.length; i++) {
    const g = gradient[i]!
    first[i] = betas[0] * first[i]! + (1 - betas[0]) * g
    second[i] = betas[1] * second[i]! + (1 - betas[1]) * g * g
    const corrected = Math.sqrt(second[i]! / (1 - betas[1] ** step)) + epsilon
    value[i] =
      value[i]! * (1 - learningRate * weightDecay) - (learningRate * first[i]!) / (1 - betas[0] ** step) / corrected
  }
}
