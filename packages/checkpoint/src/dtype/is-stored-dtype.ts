import type { StoredDType } from "../stored-tensor.ts"
import { blockLayout, storedDTypes } from "./block-layout.ts"

/** Whether a name read from a file is a format this package knows; `plain` ones have blocks of one element. */
export function isStoredDType(name: string, kind: "any" | "plain" = "any"): name is StoredDType {
  return storedDTypes.has(name) && (kind === "any" || blockLayout(name as StoredDType).elements === 1)
}
