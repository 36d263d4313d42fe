import { EvaluationError } from "../evaluation-error.ts"
import { lineAt } from "./line-at.ts"
import { parseJsonValue } from "./parse-json-value.ts"
import { type JsonPath, scanJson } from "./scan-json.ts"

/** A value, and the line it stands on. */
export interface JsonRecord {
  value: unknown
  line: number
}

/** A file that holds one JSON value, or one value per line. */
export type JsonFile =
  | { kind: "value"; value: unknown; lineOf: (path: JsonPath) => number | undefined }
  | { kind: "lines"; records: JsonRecord[] }

/** Keys are compared to this depth: `{ outputs: { id: … } }` holds its ids at the second. */
const depth = 3

/**
 * Reads a JSON or JSON-lines file, whichever it is. Byte order marks, CRLF and empty lines are fine.
 *
 * @param file named in errors
 * @throws EvaluationError `file-empty`, `file-invalid` and `line-invalid` for what is not JSON, `id-repeated` for an object
 *   with two equal keys, of which JSON readers keep one and lose one.
 */
export function parseJsonFile(text: string, file: string): JsonFile {
  const content = text.replace(/^\uFEFF/, "")
  if (content.trim() === "") {
    throw new EvaluationError("The file is empty.", {
      code: "file-empty",
      file,
      fix: "It may have been cut off; make it again.",
    })
  }
  return hasLines(content) ? { kind: "lines", records: parseLines(content, file) } : parseWhole(content, file)
}

/** Two lines or more, of which the first is a value of its own. */
function hasLines(content: string): boolean {
  const trimmed = content.trim()
  const end = trimmed.indexOf("\n")
  if (end === -1 || trimmed.startsWith("[")) return false
  try {
    parseJsonValue(trimmed.slice(0, end))
    return true
  } catch {
    // A single value over many lines, or lines of which the first is broken: that is for the whole to say.
    return false
  }
}

function parseLines(content: string, file: string): JsonRecord[] {
  return content.split("\n").flatMap((text, index) => {
    if (text.trim() === "") return []
    try {
      return [{ value: parseJsonValue(text), line: index + 1 }]
    } catch (cause) {
      throw new EvaluationError("The line is not JSON.", {
        code: "line-invalid",
        file,
        line: index + 1,
        fix: "It may be cut off; every line must be one JSON object.",
        cause,
      })
    }
  })
}

function parseWhole(content: string, file: string): JsonFile {
  let value: unknown
  try {
    value = parseJsonValue(content)
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause)
    const position = /at position (\d+)/.exec(what)?.[1]
    throw new EvaluationError(`The file is not JSON: ${what}.`, {
      code: "file-invalid",
      file,
      line: lineAt(content, position === undefined ? content.length : Number(position)),
      fix: "It may be cut off; fetch or make it again.",
      cause,
    })
  }
  const places = findPlaces(content, file)
  return {
    kind: "value",
    value,
    lineOf: (path) => {
      const offset = places.get(nameOf(path))
      return offset === undefined ? undefined : lineAt(content, offset)
    },
  }
}

/** Where each key and item stands. @throws EvaluationError where a key is there twice. */
function findPlaces(content: string, file: string): Map<string, number> {
  const places = new Map<string, number>()
  scanJson(content, depth, (path, offset) => {
    const name = nameOf(path)
    const before = places.get(name)
    places.set(name, offset)
    if (before === undefined) return
    throw new EvaluationError(`${path.join(".")} is there twice, first in line ${lineAt(content, before)}.`, {
      code: "id-repeated",
      file,
      line: lineAt(content, offset),
      fix: "Each id may be there once; remove one.",
    })
  })
  return places
}

function nameOf(path: JsonPath): string {
  return path.join("\u0000")
}
