import type { Shape } from "../tensor/shape.ts"
import type { Tensor } from "../tensor/tensor.ts"
import type { Optimizer, ParameterGroup, StepOptions } from "./optimizer.ts"
import { type OptimizerSlot, optimizerSlots, type StateLayout } from "./optimizer-slots.ts"

/** What optimizers share that update one parameter after the other. */
export abstract class SlotsOptimizer<Kind extends string> implements Optimizer {
  steps = 0
  readonly #slots: readonly OptimizerSlot<Kind>[]

  /** `layout` tells the state tensors of a parameter by its shape. */
  constructor(groups: readonly ParameterGroup[], layout: (shape: Shape) => Readonly<Record<Kind, StateLayout>>) {
    this.#slots = optimizerSlots(groups, layout)
  }

  step(options: StepOptions): void {
    this.steps++
    for (const slot of this.#slots) {
      const { gradient } = slot.parameter
      if (!gradient) continue
      using _ = gradient.device.scope()
      using value = slot.parameter.trainedValue()
      const learningRate = options.learningRate * slot.learningRateFactor
      this.update(slot, value, gradient, { ...options, learningRate })
      slot.parameter.writeTrained(value)
    }
  }

  clearGradients(): void {
    for (const { parameter } of this.#slots) parameter.clearGradient()
  }

  *namedState(): Generator<readonly [name: string, state: Tensor]> {
    for (const { name, state } of this.#slots) {
      for (const [kind, tensor] of Object.entries<Tensor>(state)) yield [`${name}.${kind}`, tensor]
    }
  }

  [Symbol.dispose](): void {
    for (const [, tensor] of this.namedState()) tensor.dispose()
  }

  /** Changes what is trained of one parameter, in place; `this.steps` counts this step already. */
  protected abstract update(slot: OptimizerSlot<Kind>, value: Tensor, gradient: Tensor, options: StepOptions): void
}
