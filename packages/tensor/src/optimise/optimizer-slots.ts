import { TensorError } from "../error/tensor-error.ts"
import type { Parameter } from "../module/parameter.ts"
import { Tensor } from "../tensor/tensor.ts"
import type { ParameterGroup } from "./optimizer.ts"

/** A parameter with the state tensors that an optimizer keeps for it. */
export interface OptimizerSlot<Kind extends string> {
  readonly name: string
  readonly parameter: Parameter
  readonly weightDecay: number
  readonly learningRateFactor: number
  /** f32 of the parameter's shape, zero at first. */
  readonly state: Readonly<Record<Kind, Tensor>>
}

/**
 * State for every parameter of the groups, each once, however many names share it. Errors: "not-trainable" for one that
 * is not set trainable.
 */
export function optimizerSlots<Kind extends string>(
  groups: readonly ParameterGroup[],
  kinds: readonly Kind[],
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
        kinds.map((kind) => [kind, Tensor.zeros(device, parameter.shape).retain()]),
      ) as Record<Kind, Tensor>
      slots.push({ name, parameter, weightDecay, learningRateFactor, state })
    }
  }
  return slots
}
