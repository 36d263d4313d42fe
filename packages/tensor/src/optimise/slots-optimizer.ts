import type { Shape } from "../tensor/shape.ts"
import type { Tensor } from "../tensor/tensor.ts"
import type { Optimizer, ParameterGroup, StepOptions } from "./optimizer.ts"
import { type OptimizerSlot, optimizerSlots, type StateLayout } from "./optimizer-slots.ts"

/** What optimizers share that keep state tensors for every parameter. */
export abstract class SlotsOptimizer<Kind extends string> implements Optimizer {
  steps = 0
  protected readonly slots: readonly OptimizerSlot<Kind>[]

  /** `layout` tells the state tensors of a parameter by its shape. */
  constructor(groups: readonly ParameterGroup[], layout: (shape: Shape) => Readonly<Record<Kind, StateLayout>>) {
    this.slots = optimizerSlots(groups, layout)
  }

  abstract step(options: StepOptions): void

  clearGradients(): void {
    for (const { parameter } of this.slots) parameter.clearGradient()
  }

  *namedState(): Generator<readonly [name: string, state: Tensor]> {
    for (const { name, state } of this.slots) {
      for (const [kind, tensor] of Object.entries<Tensor>(state)) yield [`${name}.${kind}`, tensor]
    }
  }

  [Symbol.dispose](): void {
    for (const [, tensor] of this.namedState()) tensor.dispose()
  }
}
