import type { ByteSource } from "./byte-source.ts"
import { checkRange } from "./check-range.ts"

/** Bytes in memory as a source. Reads are views of the given array, not copies. */
export function bytesSource(bytes: Uint8Array, name = "bytes"): ByteSource {
  return {
    name,
    size: bytes.byteLength,
    async read(begin, end) {
      checkRange(name, bytes.byteLength, begin, end)
      return bytes.subarray(begin, end)
    },
    async [Symbol.asyncDispose]() {},
  }
}
