import { CheckpointError } from "../checkpoint-error.ts"
import type { ByteSource } from "./byte-source.ts"
import { NeedMoreBytes } from "./need-more-bytes.ts"

/**
 * Parses something of unknown length at the start of `source` (or at `begin`): `parse` sees a prefix and throws
 * `NeedMoreBytes` where it ends too early; it is then called again with a longer one, at most `limit` bytes.
 * Parsing again from the start keeps the parsers synchronous and simple, and costs at most a third more than once.
 */
export async function readPrefix<T>(
  source: ByteSource,
  parse: (bytes: Uint8Array) => T,
  { begin = 0, limit, what }: { begin?: number; limit: number; what: string },
): Promise<T> {
  const available = source.size - begin
  let length = Math.min(available, 1 << 18)
  for (;;) {
    const bytes = await source.read(begin, begin + length)
    try {
      return parse(bytes)
    } catch (error) {
      if (!(error instanceof NeedMoreBytes)) throw error
      if (error.length > available || length === available)
        throw new CheckpointError(`${source.name}: the ${what} runs past the end of the file (${source.size} bytes).`, {
          code: "file-truncated",
          fix: "Download or copy the file again.",
        })
      if (error.length > limit || length === limit)
        throw new CheckpointError(`${source.name}: the ${what} is longer than ${limit} bytes.`, {
          code: "header-too-large",
          fix: "The file is damaged or not a model.",
        })
      length = Math.min(available, limit, Math.max(error.length, length * 4))
    }
  }
}
