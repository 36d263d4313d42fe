import type { ByteSource } from "../bytes/byte-source.ts"
import { openParts } from "../bytes/open-parts.ts"
import { rangeTensor } from "../bytes/range-tensor.ts"
import { CheckpointError } from "../checkpoint-error.ts"
import type { Checkpoint } from "../stored-tensor.ts"
import { readGgufHeader } from "./read-gguf-header.ts"

/**
 * Opens a GGUF file (version 2 or 3), or all parts of a split one in any order. Only headers are read. Shapes are turned
 * round to PyTorch's order; names stay GGUF's own. Metadata: numbers, strings, booleans; arrays of numbers as typed
 * arrays; 64-bit integers as bigint only where a number is not exact. The checkpoint owns the sources.
 *
 * Throws `CheckpointError` "gguf-invalid", "gguf-version", "big-endian", "file-truncated", "header-too-large",
 * "tensor-type-unsupported", "shard-missing" (parts of a split file that were not given), "tensor-duplicate".
 */
export function openGguf(sources: ByteSource | readonly ByteSource[]): Promise<Checkpoint> {
  const count = "read" in sources ? 1 : sources.length
  const seen = new Map<unknown, string>()
  return openParts(sources, async (source) => {
    const { metadata, entries } = await readGgufHeader(source)
    checkSplit(metadata, source.name, count, seen)
    return {
      tensors: new Map(entries.map((entry) => [entry.name, rangeTensor(source, entry, entry.offset)])),
      metadata,
      [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
    }
  })
}

/** Every part of a split file says how many there are and which one it is. */
function checkSplit(metadata: Record<string, unknown>, file: string, given: number, seen: Map<unknown, string>): void {
  const parts = metadata["split.count"] ?? 1
  const part = metadata["split.no"] ?? 0
  if (parts === 1 && given === 1) return
  if (parts !== given)
    throw new CheckpointError(`${file} is one of ${parts} parts of a model, but ${given} were given.`, {
      code: "shard-missing",
      fix: "Give all parts, and of one model only.",
    })
  const twin = seen.get(part)
  if (twin !== undefined)
    throw new CheckpointError(`${twin} and ${file} are the same part of a model.`, { code: "tensor-duplicate" })
  seen.set(part, file)
}
