import type { Parameter } from "../module/parameter.ts"
import type { Tensor } from "../tensor/tensor.ts"

/** Parameters that are trained alike. */
export interface ParameterGroup {
  /** With the names under which a checkpoint keeps their state. */
  readonly parameters: Iterable<readonly [name: string, parameter: Parameter]>
  /** Fraction of the weights taken off per step, times the learning rate; 0 unless given. */
  readonly weightDecay?: number
  /** The group's learning rate relative to that of the step; 1 unless given. */
  readonly learningRateFactor?: number
}

export interface StepOptions {
  readonly learningRate: number
  /** f32 `[1]`: gradients are multiplied by it first; see `clipGradients`. */
  readonly gradientFactor?: Tensor
}

/** Turns gradients into better weights, in place. Parameters without a gradient are left as they are. */
export interface Optimizer extends Disposable {
  /** Steps done so far; set it when a run is resumed. */
  steps: number
  step(options: StepOptions): void
  clearGradients(): void
  /** What must be kept to resume, by `<parameter>.<kind>`; to resume, upload into these tensors. */
  namedState(): Iterable<readonly [name: string, state: Tensor]>
}
