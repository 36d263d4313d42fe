import { DatasetError } from "@llava/core"
import { JSONParser } from "@streamparser/json"
import { readText } from "./read-text.ts"

export interface PathValue {
  /** The key of the outermost object below which the value stands: `annotations`. */
  key: string
  value: unknown
}

/**
 * The items of the named arrays of one large JSON object, as a stream: `images` gives every item of `{ images: [...] }`.
 * Only the item being read is in memory.
 *
 * @throws DatasetError `file-invalid` where the file is not JSON or is cut off; errors of `readText`.
 */
export async function* readJsonPaths(file: string, keys: readonly string[]): AsyncGenerator<PathValue> {
  let found: PathValue[] = []
  let isObject: boolean | undefined
  const parser = new JSONParser({ paths: keys.map((key) => `$.${key}.*`), keepStack: false })
  parser.onValue = ({ value, stack }) => {
    found.push({ key: String(stack[1]?.key), value })
  }
  try {
    for await (const piece of readText(file)) {
      isObject ??= /^\s*(\{|$)/.test(piece)
      if (!isObject) break
      parser.write(piece)
      yield* found
      found = []
    }
    if (isObject && !parser.isEnded) parser.end()
  } catch (cause) {
    if (cause instanceof DatasetError || !(cause instanceof Error) || !isParserError(cause)) throw cause
    throw invalid(`The file is not JSON, or is cut off: ${cause.message}.`, cause)
  }
  yield* found
  if (!isObject) throw invalid(`The file is not a JSON object with ${keys.join(", ")}.`)

  function invalid(message: string, cause?: unknown): DatasetError {
    return new DatasetError(message, { code: "file-invalid", file, fix: "Fetch or convert it again.", cause })
  }
}

function isParserError(error: Error): boolean {
  return /Token/.test(error.name) || /Unexpected|Parser|Tokenizer/.test(error.message)
}
