import { createReadStream } from "node:fs"
import { DatasetError } from "@llava/core"
import { DatagenError } from "../datagen-error.ts"

/**
 * A file's text in pieces, whatever its size; a byte-order mark is left out.
 *
 * @throws DatagenError `file-unreadable`; DatasetError `encoding-invalid` with the line of bytes that are not UTF-8.
 */
export async function* readText(file: string, signal?: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let lines = 0
  try {
    for await (const bytes of createReadStream(file, { highWaterMark: 2 ** 18, ...(signal && { signal }) })) {
      const piece = decode(bytes as Buffer, { stream: true })
      if (piece !== "") yield piece
      for (let at = piece.indexOf("\n"); at >= 0; at = piece.indexOf("\n", at + 1)) lines++
    }
    const last = decode(new Uint8Array(), {})
    if (last !== "") yield last
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw cause
    const what = code === "ENOENT" ? "There is no such file" : (cause as Error).message
    throw new DatagenError(`${file}: ${what}.`, { code: "file-unreadable", fix: "Check the path.", cause })
  }

  function decode(bytes: Uint8Array, options: TextDecodeOptions): string {
    try {
      return decoder.decode(bytes, options)
    } catch (cause) {
      throw new DatasetError("The bytes are not UTF-8.", {
        code: "encoding-invalid",
        file,
        line: lines + 1 + badLineOffset(bytes),
        fix: "Convert the file to UTF-8.",
        cause,
      })
    }
  }
}

/** Lines before the first bad byte of a block, which may begin inside a character. */
function badLineOffset(bytes: Uint8Array): number {
  let start = 0
  while (start < Math.min(3, bytes.length) && (bytes[start]! & 0xc0) === 0x80) start++
  let line = 0
  for (let from = start; ; line++) {
    const end = bytes.indexOf(10, from)
    if (end < 0) return line
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(from, end))
    } catch {
      return line
    }
    from = end + 1
  }
}
