import { type JsonEntry, jsonEntries } from "./json-entries.ts"
import type { JsonFile } from "./json-file.ts"

/** The records of a file of records: its lines or the items of its list; one line alone is one record. */
export function jsonRecords(file: JsonFile): JsonEntry[] {
  const alone = file.kind === "value" && !Array.isArray(file.value)
  return alone ? [{ key: undefined, value: file.value, line: () => 1 }] : jsonEntries(file)
}
