import type { JsonFile } from "./json-file.ts"
import type { JsonPath } from "./scan-json.ts"

/** One entry of a file: its value, the key it stands under where it stands under one, and its line. */
export interface JsonEntry {
  key: string | undefined
  value: unknown
  /** Looked up only when needed: it costs a walk through the file. */
  line: () => number | undefined
}

/** The entries of a file, or of the part of it at `path`: its lines, the items of a list, or the pairs of an object. */
export function jsonEntries(file: JsonFile, path: JsonPath = []): JsonEntry[] {
  if (file.kind === "lines") {
    return file.records.map(({ value, line }) => ({ key: undefined, value, line: () => line }))
  }
  const part = path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], file.value)
  if (Array.isArray(part)) {
    return part.map((value: unknown, index) => ({ key: undefined, value, line: () => file.lineOf([...path, index]) }))
  }
  if (typeof part !== "object" || part === null) return []
  return Object.entries(part).map(([key, value]) => ({ key, value, line: () => file.lineOf([...path, key]) }))
}
