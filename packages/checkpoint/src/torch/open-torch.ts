import type { ByteSource } from "../bytes/byte-source.ts"
import { openParts } from "../bytes/open-parts.ts"
import { CheckpointError } from "../checkpoint-error.ts"
import type { Checkpoint } from "../stored-tensor.ts"
import { collectTensors } from "./collect-tensors.ts"
import { PickleProblem } from "./pickle-problem.ts"
import { readTorchLegacy } from "./read-torch-legacy.ts"
import { readTorchZip } from "./read-torch-zip.ts"
import { type ReadStorage, torchStoredTensor } from "./torch-stored-tensor.ts"

/** What both layouts of torch files come down to. */
export interface TorchContents {
  value: unknown
  readStorage: ReadStorage
}

/**
 * Opens a file of `torch.save` (`.bin`, `.pt`, `.pth`), in the zip layout (PyTorch 1.6 on) or the old one, or several
 * files as one checkpoint. The pickle inside is interpreted, never executed: it can reach plain containers, storages
 * and tensors, and nothing else. Nested dicts give names joined by dots, with every level kept
 * (`model.layers.0.weight`); plain values beside the tensors are the metadata. TorchScript archives give the
 * parameters and buffers of their modules. The checkpoint owns the sources.
 *
 * Throws `CheckpointError` "pickle-refused", naming what the file tried to call; "pickle-invalid", "zip-invalid",
 * "zip-compressed", "file-truncated", "big-endian", "torch-unknown". Complex, quantised, sparse and 8-bit float tensors
 * are listed, and throw "tensor-type-unsupported" when anything but their name is asked for.
 */
export function openTorch(sources: ByteSource | readonly ByteSource[]): Promise<Checkpoint> {
  return openParts(sources, async (source) => {
    try {
      const { value, readStorage } = await readContents(source)
      const { tensors, metadata } = collectTensors(value)
      return {
        tensors: new Map(
          Array.from(tensors, ([name, tensor]) => [name, torchStoredTensor(name, tensor, source.name, readStorage)]),
        ),
        metadata,
        [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
      }
    } catch (error) {
      if (!(error instanceof PickleProblem)) throw error
      throw describe(source.name, error)
    }
  })
}

async function readContents(source: ByteSource): Promise<TorchContents> {
  const start = await source.read(0, Math.min(4, source.size))
  const isZip = start[0] === 0x50 && start[1] === 0x4b
  return isZip ? readTorchZip(source) : readTorchLegacy(source)
}

function describe(file: string, problem: PickleProblem): CheckpointError {
  if (problem.refused === undefined)
    return new CheckpointError(`${file}: the pickle is damaged: ${problem.message}.`, {
      code: "pickle-invalid",
      fix: "Get the file again, or save it anew with torch.save.",
    })
  return new CheckpointError(`${file}: the pickle is refused: ${problem.message}.`, {
    code: "pickle-refused",
    fix: "Only tensors in plain containers are read. If you trust the file, save its state_dict() anew in PyTorch, better as safetensors.",
  })
}
