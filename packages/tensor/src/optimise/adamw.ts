import type { Shape } from "../tensor/shape.ts"
import { elementCount } from "../tensor/shape.ts"
import type { Tensor } from "../tensor/tensor.ts"
import type { AdamWState } from "./adamw/adamw-state.ts"
import { blockwiseMoments } from "./adamw/blockwise-moments.ts"
import { factoredMoments } from "./adamw/factored-moments.ts"
import { fullMoments } from "./adamw/full-moments.ts"
import { EachSlotOptimizer } from "./each-slot-optimizer.ts"
import type { ParameterGroup, StepOptions } from "./optimizer.ts"
import type { OptimizerSlot } from "./optimizer-slots.ts"

/** Parameters with fewer elements keep moments in f32: there is nothing to save. */
const LEAST_8BIT_ELEMENTS = 4096

export interface AdamWOptions {
  /** [0.9, 0.999] unless given. */
  betas?: readonly [number, number]
  /** 1e-8 unless given. */
  epsilon?: number
  /**
   * How moments are kept; "f32" (8 bytes a weight) unless given. "8bit": 2 bytes, with a scale for every 256 weights
   * (Dettmers et al. 2022). "factored": 4 bytes, the second moment of matrices as that of their rows and columns
   * (Shazeer and Stern 2018). Vectors, and with "8bit" all that is small, stay in f32.
   */
  state?: "f32" | "8bit" | "factored"
}

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019), as PyTorch's `AdamW`. */
export class AdamW extends EachSlotOptimizer<string> {
  readonly #betas: readonly [number, number]
  readonly #epsilon: number
  readonly #state: NonNullable<AdamWOptions["state"]>

  constructor(
    groups: readonly ParameterGroup[],
    { betas = [0.9, 0.999], epsilon = 1e-8, state = "f32" }: AdamWOptions = {},
  ) {
    super(groups, (shape) => momentsOf(state, shape).layout(shape))
    this.#betas = betas
    this.#epsilon = epsilon
    this.#state = state
  }

  protected update(
    { state, weightDecay }: OptimizerSlot<string>,
    value: Tensor,
    gradient: Tensor,
    { learningRate, gradientFactor }: StepOptions,
  ): void {
    const [beta1, beta2] = this.#betas
    const coefficients = {
      ...{ beta1, beta2, epsilon: this.#epsilon, keep: 1 - learningRate * weightDecay },
      rate: learningRate / (1 - beta1 ** this.steps),
      root: 1 / Math.sqrt(1 - beta2 ** this.steps),
    }
    const moments = momentsOf(this.#state, value.shape)
    moments.update({ value, gradient, state, coefficients, ...(gradientFactor && { gradientFactor }) })
  }
}

function momentsOf(state: NonNullable<AdamWOptions["state"]>, shape: Shape): AdamWState {
  if (state === "factored" && shape.length > 1) return factoredMoments
  if (state === "8bit" && elementCount(shape) >= LEAST_8BIT_ELEMENTS) return blockwiseMoments
  return fullMoments
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
