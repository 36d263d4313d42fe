import type { Tensor } from "../tensor/tensor.ts"
import { EachSlotOptimizer } from "./each-slot-optimizer.ts"
import type { ParameterGroup, StepOptions } from "./optimizer.ts"
import type { OptimizerSlot } from "./optimizer-slots.ts"
import { runUpdate, updateKernel } from "./update-kernel.ts"

const kernel = updateKernel({
  name: "sgd",
  state: ["momentum"],
  params: ["rate", "decay", "friction", "ahead"],
  code: /* wgsl */ `
  g += params.decay * value[i];
  let m = params.friction * momentum[i] + g;
  momentum[i] = m;
  value[i] -= params.rate * select(m, g + params.friction * m, params.ahead != 0.0);`,
})

export interface SgdOptions {
  /** Part of the last step's direction that is kept; 0 unless given. */
  momentum?: number
  /** Nesterov's: the step is taken from where the momentum leads. */
  nesterov?: boolean
}

/** Stochastic gradient descent with momentum, as PyTorch's `SGD` (its weight decay is added to the gradient). */
export class Sgd extends EachSlotOptimizer<"momentum"> {
  readonly #momentum: number
  readonly #nesterov: boolean

  constructor(groups: readonly ParameterGroup[], { momentum = 0, nesterov = false }: SgdOptions = {}) {
    super(groups, (shape) => ({ momentum: { shape } }))
    this.#momentum = momentum
    this.#nesterov = nesterov
  }

  protected update(
    { state, weightDecay }: OptimizerSlot<"momentum">,
    value: Tensor,
    gradient: Tensor,
    { learningRate, gradientFactor }: StepOptions,
  ): void {
    runUpdate(kernel, value, {
      gradient,
      state: [state.momentum],
      params: [learningRate, weightDecay, this.#momentum, this.#nesterov ? 1 : 0],
      ...(gradientFactor && { gradientFactor }),
    })
  }
}

/** `Sgd` in float64, one step on one parameter, in place. */
export function sgdReference(
  state: { value: Float64Array; momentum: Float64Array },
  gradient: ArrayLike<number>,
  options: { learningRate: number; weightDecay: number; momentum: number; nesterov: boolean },
): void {
  for (let i = 0; i < state.value.length; i++) {
    const g = gradient[i]! + options.weightDecay * state.value[i]!
    const m = options.momentum * state.momentum[i]! + g
    state.momentum[i] = m
    state.value[i] = state.value[i]! - options.learningRate * (options.nesterov ? g + options.momentum * m : m)
  }
}
