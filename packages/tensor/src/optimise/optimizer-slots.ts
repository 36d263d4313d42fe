import { TensorError } from "../error/tensor-error.ts"
import type { Parameter } from "../module/parameter.ts"
import type { DType } from "../tensor/dtype.ts"
import type { Shape } from "../tensor/shape.ts"
import { Tensor } from "../tensor/tensor.ts"
import type { ParameterGroup } from "./optimizer.ts"

/** A state tensor; f32 unless it says otherwise. */
export interface StateLayout {
  readonly shape: Shape
  readonly dtype?: DType
}

/** A parameter with the state tensors that an optimizer keeps for it. */
export interface OptimizerSlot<Kind extends string> {
  readonly name: string
  readonly parameter: Parameter
  readonly weightDecay: number
  readonly learningRateFactor: number
  /** Zero at first. */
  readonly state: Readonly<Record<Kind, Tensor>>
}

/**
 * State for every parameter of the groups, each once, however many names share it. Errors: "not-trainable" for one that
 * is not set trainable.
 */
export function optimizerSlots<Kind extends string>(
  groups: readonly ParameterGroup[],
  layout: (shape: Shape) => Readonly<Record<Kind, StateLayout>>,
): OptimizerSlot<Kind>[] {
  const seen = new Set<Parameter>()
  const slots: OptimizerSlot<Kind>[] = []
  for (const { parameters, weightDecay = 0, learningRateFactor = 1 } of groups) {
    for (const [name, parameter] of parameters) {
      if (seen.has(parameter)) continue
      seen.add(parameter)
      if (!parameter.trainable) {
        throw new TensorError(`The parameter ${name} is not trainable.`, {
          code: "not-trainable",
          fix: "Set parameter.trainable = true before making the optimizer.",
        })
      }
      const { device } = parameter.tensor
      const state = Object.fromEntries(
        Object.entries<StateLayout>(layout(parameter.trainedShape)).map(([kind, { shape, dtype }]) => [
          kind,
          Tensor.zeros(device, shape, dtype).retain(),
        ]),
      ) as Record<Kind, Tensor>
      slots.push({ name, parameter, weightDecay, learningRateFactor, state })
    }
  }
  return slots
}
