import { ScenesError } from "../scenes-error.ts"
import type { Kind } from "./kind.ts"
import { kinds } from "./kinds.ts"

/** @throws ScenesError `unknown-kind` */
export function findKind(name: string): Kind {
  const kind = kinds.get(name)
  if (kind) return kind
  throw new ScenesError(`There is no kind of object ${JSON.stringify(name)}.`, {
    code: "unknown-kind",
    fix: `Take some of: ${[...kinds.keys()].join(", ")}.`,
  })
}
