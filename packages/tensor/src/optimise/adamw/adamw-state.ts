import type { Shape } from "../../tensor/shape.ts"
import type { Tensor } from "../../tensor/tensor.ts"
import type { StepOptions } from "../optimizer.ts"
import type { StateLayout } from "../optimizer-slots.ts"

/** The numbers of one step, bias correction included. */
export interface AdamWCoefficients {
  readonly beta1: number
  readonly beta2: number
  /** What decay leaves of the weight. */
  readonly keep: number
  /** Learning rate through 1 - beta1 ** step. */
  readonly rate: number
  /** Factor of the root of the second moment. */
  readonly root: number
  readonly epsilon: number
}

export interface AdamWUpdate extends Pick<StepOptions, "gradientFactor"> {
  /** What is trained of the parameter. */
  readonly value: Tensor
  readonly gradient: Tensor
  /** What `layout` asked for, by the same names. */
  readonly state: Readonly<Record<string, Tensor>>
  readonly coefficients: AdamWCoefficients
}

/** A way to keep the two moments of one parameter between steps. */
export interface AdamWState {
  /** State tensors for a parameter of this shape; zeros are moments of zero. */
  layout(shape: Shape): Readonly<Record<string, StateLayout>>
  /** One step on one parameter and its state, in place. */
  update(input: AdamWUpdate): void
}
