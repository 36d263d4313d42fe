import type { Tensor } from "../tensor/tensor.ts"
import type { StepOptions } from "./optimizer.ts"
import type { OptimizerSlot } from "./optimizer-slots.ts"
import { SlotsOptimizer } from "./slots-optimizer.ts"

/** What optimizers share that update one parameter after the other. */
export abstract class EachSlotOptimizer<Kind extends string> extends SlotsOptimizer<Kind> {
  step(options: StepOptions): void {
    this.steps++
    for (const slot of this.slots) {
      const { gradient } = slot.parameter
      if (!gradient) continue
      using _ = gradient.device.scope()
      using value = slot.parameter.trainedValue()
      const learningRate = options.learningRate * slot.learningRateFactor
      this.update(slot, value, gradient, { ...options, learningRate })
      slot.parameter.writeTrained(value)
    }
  }

  /** Changes what is trained of one parameter, in place; `this.steps` counts this step already. */
  protected abstract update(slot: OptimizerSlot<Kind>, value: Tensor, gradient: Tensor, options: StepOptions): void
}
