import type { ByteSource } from "./bytes/byte-source.ts"
import { CheckpointError } from "./checkpoint-error.ts"
import { openGguf } from "./gguf/open-gguf.ts"
import { notWeights } from "./not-weights.ts"
import { openSafetensors } from "./safetensors/open-safetensors.ts"
import type { Checkpoint } from "./stored-tensor.ts"
import { openTorch } from "./torch/open-torch.ts"

/**
 * Opens one file of weights, whatever its format: it is known by its first bytes, not by its name. The checkpoint owns
 * the source. Throws `CheckpointError` "format-unknown", and what the opener of the format throws.
 */
export async function openCheckpointSource(source: ByteSource): Promise<Checkpoint> {
  try {
    const start = await source.read(0, Math.min(64, source.size))
    const text = new TextDecoder("latin1").decode(start)
    if (text.startsWith("GGUF")) return await openGguf(source)
    // Before torch: the length that a safetensors file begins with may look like a pickle's or a zip file's first bytes.
    if (start[8] === 0x7b && headerLength(start) <= source.size - 8) return await openSafetensors(source)
    if (text.startsWith("PK") || start[0] === 0x80) return await openTorch(source)
    if (start[8] === 0x7b) return await openSafetensors(source)
    throw notWeights(source.name, text) ?? unknown(source, text)
  } catch (error) {
    await source[Symbol.asyncDispose]()
    throw error
  }
}

function headerLength(start: Uint8Array): number {
  return Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true))
}

function unknown(source: ByteSource, start: string): CheckpointError {
  return new CheckpointError(
    `${source.name} begins with ${JSON.stringify(start.slice(0, 8))}, unlike any known format.`,
    {
      code: "format-unknown",
      fix: "Known are safetensors, GGUF, and the .bin and .pt files of torch.save.",
    },
  )
}
