import type { StoredDType } from "../stored-tensor.ts"
import { blockLayout } from "./block-layout.ts"

/** Whether a name read from a file is a format this package knows; `plain` ones have blocks of one element. */
export function isStoredDType(name: string, kind: "any" | "plain" = "any"): name is StoredDType {
  const layout: ReturnType<typeof blockLayout> | undefined = blockLayout(name as StoredDType)
  return layout !== undefined && typeof layout === "object" && (kind === "any" || layout.elements === 1)
}
