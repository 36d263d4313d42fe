import { openCheckpoint } from "@llava/checkpoint"
import type { Optimizer, Parameter, Tensor } from "@llava/tensor"
import { TrainError } from "../train-error.ts"
import { CHECKPOINT_FILE } from "./checkpoint-file.ts"
import { checkpointFolder } from "./checkpoint-folder.ts"
import { storedDTypeOf } from "./stored-dtype-of.ts"

/**
 * Puts weights and optimizer back to where they stood after a step. Errors: TrainError "checkpoint-mismatch" naming the
 * tensor where the checkpoint holds something else than the run trains.
 */
export async function restoreCheckpoint(
  output: string,
  step: number,
  { trained, optimizer }: { trained: readonly (readonly [string, Parameter])[]; optimizer: Optimizer },
): Promise<void> {
  const file = `${checkpointFolder(output, step)}/${CHECKPOINT_FILE}`
  await using checkpoint = await openCheckpoint(file)
  const load = async (name: string, tensor: Tensor) => {
    const stored = checkpoint.tensors.get(name)
    if (stored?.dtype !== storedDTypeOf(tensor) || stored.shape.join() !== tensor.shape.join()) {
      throw new TrainError(`${file}: ${name} is ${stored ? `${stored.dtype} [${stored.shape}]` : "missing"}.`, {
        code: "checkpoint-mismatch",
        fix: `This run keeps it as ${storedDTypeOf(tensor)} [${tensor.shape}]; begin again with --restart, or use another output folder.`,
      })
    }
    tensor.device.upload(tensor.buffer, await stored.read())
  }
  for (const [path, parameter] of trained) {
    using value = parameter.trainedValue()
    await load(`weights.${path}`, value)
    parameter.writeTrained(value)
  }
  for (const [name, state] of optimizer.namedState()) await load(`optimizer.${name}`, state)
  optimizer.steps = Number(checkpoint.metadata["optimizerSteps"])
}
