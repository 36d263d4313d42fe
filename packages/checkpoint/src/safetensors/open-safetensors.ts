import type { ByteSource } from "../bytes/byte-source.ts"
import { openParts } from "../bytes/open-parts.ts"
import { rangeTensor } from "../bytes/range-tensor.ts"
import type { Checkpoint } from "../stored-tensor.ts"
import { readSafetensorsHeader } from "./read-safetensors-header.ts"

/**
 * Opens a safetensors file, or several as one checkpoint. Only headers are read; every claim in them is checked before
 * a tensor is handed out. The checkpoint owns the sources: disposing it closes them, and so does a failure to open.
 *
 * Throws `CheckpointError` "safetensors-invalid", "file-truncated", "header-too-large", "tensor-type-unsupported",
 * "tensor-duplicate", naming the file and the tensor.
 */
export function openSafetensors(sources: ByteSource | readonly ByteSource[]): Promise<Checkpoint> {
  return openParts(sources, async (source) => {
    const { entries, metadata } = await readSafetensorsHeader(source)
    return {
      tensors: new Map(entries.map((entry) => [entry.name, rangeTensor(source, entry, entry.offset)])),
      metadata,
      [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
    }
  })
}
