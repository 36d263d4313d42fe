import type { ByteSource } from "./byte-source.ts"
import { checkRange } from "./check-range.ts"

/** The part `[begin, begin + size)` of a source as a source of its own; closing it leaves the whole open. */
export function sliceSource(source: ByteSource, begin: number, size: number, name: string): ByteSource {
  return {
    name,
    size,
    async read(from, to) {
      checkRange(name, size, from, to)
      return source.read(begin + from, begin + to)
    },
    async [Symbol.asyncDispose]() {},
  }
}
