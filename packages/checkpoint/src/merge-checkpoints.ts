import { closeAll } from "./bytes/close-all.ts"
import { CheckpointError } from "./checkpoint-error.ts"
import type { Checkpoint, StoredTensor } from "./stored-tensor.ts"

/**
 * Several files as one checkpoint, which then owns them. Metadata of later files wins. Throws `CheckpointError`
 * "tensor-duplicate", naming both files, when two hold a tensor of the same name.
 */
export function mergeCheckpoints(parts: readonly Checkpoint[]): Checkpoint {
  const tensors = new Map<string, StoredTensor>()
  for (const part of parts)
    for (const [name, tensor] of part.tensors) {
      const other = tensors.get(name)
      if (other)
        throw new CheckpointError(`Tensor ${name} stands both in ${other.file} and in ${tensor.file}.`, {
          code: "tensor-duplicate",
          fix: "Open the files of one model only.",
        })
      tensors.set(name, tensor)
    }
  return {
    tensors,
    metadata: Object.assign({}, ...parts.map((part) => part.metadata)),
    [Symbol.asyncDispose]: () => closeAll(parts),
  }
}
