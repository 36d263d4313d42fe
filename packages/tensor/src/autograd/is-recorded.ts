import type { Tensor } from "../tensor/tensor.ts"

/** Whether gradients will flow back through an operation on these inputs. */
export function isRecorded(inputs: readonly (Tensor | undefined)[]): boolean {
  return inputs.some((input) => input?.target && input.device.tape)
}
