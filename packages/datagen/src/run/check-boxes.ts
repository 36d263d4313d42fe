import type { ImageContext } from "../contexts/image-context.ts"
import { DatagenError } from "../datagen-error.ts"
import type { Kind } from "../kinds/kind.ts"

/** @throws DatagenError `boxes-missing` where a kind needs boxes and the descriptions have none. */
export function checkBoxes(contexts: readonly ImageContext[], kinds: readonly Kind[], withBoxes: boolean): void {
  const needing = kinds.filter(({ boxes }) => boxes === "required" || (boxes === "optional" && withBoxes))
  const without = contexts.filter(({ instances }) => instances === undefined)
  if (needing.length === 0 || without.length === 0) return
  const names = needing.map(({ name }) => name).join(", ")
  const which = without.length === contexts.length ? "the descriptions have none" : `${without.length} images have none`
  throw new DatagenError(`${names} need boxes, and ${which} (the first: ${without[0]!.id}).`, {
    code: "boxes-missing",
    fix: "Give COCO's instances_*.json with --instances, add `instances` to the descriptions, or choose kinds without boxes.",
  })
}
