import { CheckpointError } from "../checkpoint-error.ts"
import type { ByteSource } from "./byte-source.ts"
import { checkRange } from "./check-range.ts"

/**
 * A `Blob` or `File` (a browser's file input, drag and drop, the origin's private file system) as a source.
 * Nothing is read until it is asked for.
 */
export function blobSource(blob: Blob, name?: string): ByteSource {
  const label = name ?? ("name" in blob && typeof blob.name === "string" ? blob.name : "blob")
  return {
    name: label,
    size: blob.size,
    async read(begin, end) {
      checkRange(label, blob.size, begin, end)
      try {
        return new Uint8Array(await blob.slice(begin, end).arrayBuffer())
      } catch (cause) {
        throw new CheckpointError(`${label} could not be read: ${String(cause)}.`, {
          code: "file-unreadable",
          fix: "Choose the file again: it may have changed on disk since it was picked.",
          cause,
        })
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}
