import { type TensorToWrite, writeSafetensors } from "@llava/checkpoint"
import type { Optimizer, Parameter, Tensor } from "@llava/tensor"
import { makeFolder } from "#platform/make-folder"
import { removeFolder } from "#platform/remove-folder"
import { CHECKPOINT_FILE } from "./checkpoint-file.ts"
import { checkpointFolder } from "./checkpoint-folder.ts"
import { findCheckpoints } from "./find-checkpoints.ts"
import type { RunIdentity } from "./run-identity.ts"
import { storedDTypeOf } from "./stored-dtype-of.ts"

export interface CheckpointContents {
  step: number
  /** What is trained, by path. */
  trained: readonly (readonly [path: string, parameter: Parameter])[]
  optimizer: Optimizer
  identity: RunIdentity
}

/**
 * Writes `OUTPUT/checkpoints/step-N/checkpoint.safetensors`: trained weights, optimizer state, the samples taken
 * from the data so far, and the run's identity. Schedule, order of the data and random numbers follow from these: all are
 * functions of the recipe's seed and the step. One file, which appears whole or not at all; only then are older ones removed, down to the newest `keep`.
 */
export async function saveCheckpoint(output: string, contents: CheckpointContents, keep: number): Promise<void> {
  const { step, trained, optimizer, identity } = contents
  const folder = checkpointFolder(output, step)
  await makeFolder(folder)
  using copies = new DisposableStack()
  const tensors = [
    ...trained.map(([path, parameter]) => toWrite(`weights.${path}`, copies.use(parameter.trainedValue()))),
    ...Array.from(optimizer.namedState(), ([name, state]) => toWrite(`optimizer.${name}`, state)),
  ]
  await writeSafetensors(`${folder}/${CHECKPOINT_FILE}`, tensors, {
    metadata: {
      step: `${step}`,
      samples: `${step * identity.recipe.batchSize}`,
      optimizerSteps: `${optimizer.steps}`,
      run: JSON.stringify(identity),
    },
  })
  const older = (await findCheckpoints(output)).filter((other) => other < step).slice(Math.max(0, keep - 1))
  for (const other of older) await removeFolder(checkpointFolder(output, other))
}

function toWrite(name: string, tensor: Tensor): TensorToWrite {
  const read = async () => {
    const values = await tensor.read()
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  }
  return { name, dtype: storedDTypeOf(tensor), shape: tensor.shape, bytes: read }
}
